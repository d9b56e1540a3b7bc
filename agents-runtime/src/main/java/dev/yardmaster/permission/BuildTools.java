package dev.yardmaster.permission;

import com.google.re2j.Pattern;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Interpreters and build tools: a rule that lets them run means the project's own scripts and goals, not code or programs
 * given in the arguments, and not scripts that were written since the work began.
 */
final class BuildTools {

    private static final Pattern INTERPRETER =
            Pattern.compile("python[0-9.]*|pypy[0-9.]*|node|nodejs|ts-node|tsx|ruby|php|java");
    private static final Pattern INTERPRETER_FLAG = Pattern.compile("--version|-V|--test|--check|-version");
    private static final Pattern PYTHON_FLAG = Pattern.compile("-[uBOsEIb]+");

    private static final Pattern MAVEN = Pattern.compile(
            "[a-z][a-z-]*"
                    + "|-[qBoUeXVNT]|-ntp|-nsu|-am|-amd|-fae|-ff|-T[0-9.]+C?|--(?:batch-mode|quiet|offline|errors|no-transfer-progress|also-make|fail-at-end)"
                    + "|-D(?:skipTests|skipITs|maven\\.test\\.skip|test|it\\.test|surefire\\.[A-Za-z.]+|failsafe\\.[A-Za-z.]+|maven\\.javadoc\\.skip|groups)(?:=[A-Za-z0-9_.,*#!$+-]*)?");
    private static final Set<String> MAVEN_VALUED = Set.of("-pl", "-rf", "-P", "-T");

    private static final Pattern GRADLE = Pattern.compile(
            "[A-Za-z][A-Za-z0-9:_-]*|:[A-Za-z0-9:_-]+|-[qidsx]|--(?:info|debug|stacktrace|offline|no-daemon|quiet|continue|rerun-tasks|parallel|scan|tests|console=plain)");

    private static final Set<String> NODE_COMMANDS = Set.of(
            "test",
            "t",
            "run",
            "run-script",
            "ci",
            "install",
            "i",
            "start",
            "stop",
            "build",
            "lint",
            "ls",
            "list",
            "outdated",
            "audit",
            "why",
            "view",
            "format",
            "typecheck",
            "check",
            "dev");
    private static final Pattern NODE_FLAG = Pattern.compile(
            "-s|-r|--silent|--if-present|--no-audit|--no-fund|--workspaces|--frozen-lockfile|--workspace=[A-Za-z0-9@/_-]+|--production|--prefer-offline");

    /** Options by which programs of all kinds are told to run or load something. */
    private static final Pattern OPENING = Pattern.compile(
            "(?i)--?[a-z-]*(?:exec|command|cmd|shell|pager|editor|plugin|hook|program|preload|eval|agent|prefix|rcfile"
                    + "|init-script|require|rulesdir|setup|lua-filter|processor|javaagent|vettool|overlay|modfile|config|interpreter|launcher|wrapper|driver|loader)[a-z-]*(?:[=:].*)?");

    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)[A-Z_][A-Z0-9_]*\\+?=.*");
    /** Packages from elsewhere than the index that is set up. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(?s).*(?:://|git\\+|@).*|-[if].*|--(?:index-url|extra-index-url|find-links|trusted-host|target|root|proxy|cert|build-option|global-option)(?:=.*)?");

    private static final Pattern LOCAL_PAGE =
            Pattern.compile("https?://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]+)?(?:/[^\\s]*)?");
    private static final Pattern CURL_FLAG =
            Pattern.compile("-[sSfiIvLk]+|--(?:silent|fail|show-error|include|head|compressed)");

    /** Files that say what a build tool runs. */
    private static final Map<String, List<String>> RECIPES = Map.ofEntries(
            Map.entry("npm", List.of("package.json")),
            Map.entry("pnpm", List.of("package.json")),
            Map.entry("yarn", List.of("package.json")),
            Map.entry("make", List.of("GNUmakefile", "makefile", "Makefile")),
            Map.entry("gmake", List.of("GNUmakefile", "makefile", "Makefile")),
            Map.entry("just", List.of("justfile", "Justfile", ".justfile")),
            Map.entry("rake", List.of("Rakefile", "rakefile", "Rakefile.rb")));

    private static final Set<String> PIP =
            Set.of("install", "uninstall", "list", "show", "freeze", "check", "index", "--version", "-V");

    /** Python's modules that test, check and show; others run what they are given. */
    private static final Set<String> MODULES = Set.of(
            "pytest",
            "unittest",
            "doctest",
            "mypy",
            "black",
            "ruff",
            "flake8",
            "isort",
            "pylint",
            "pip",
            "build",
            "compileall",
            "py_compile",
            "json.tool");

    /** Options whose value is text for people or a pattern, blanks and all. */
    private static final Pattern PROSE = Pattern.compile(
            "-[mktb]|-run|-bench|--(?:message|title|body|description|notes|subject|grep|filter|tests|testNamePattern|name|label|comment)");

    private BuildTools() {}

    static boolean arePlain(SimpleCommand command, Path folder, Workspace workspace) {
        String program = command.program();
        String name = program.substring(program.lastIndexOf('/') + 1);
        List<String> arguments = command.arguments();
        if (program.contains("/") && workspace.changedSinceOpened(folder.resolve(program))) {
            return false;
        }
        if (INTERPRETER.matches(name)) {
            return runsAFile(name, arguments);
        }
        if (hasFreshRecipe(name, folder, workspace)) {
            return false;
        }
        return switch (name) {
            case "mvn", "mvnw", "mvnd" -> isMaven(arguments);
            case "gradle", "gradlew" -> arguments.stream().allMatch(GRADLE::matches);
            case "npm", "pnpm", "yarn" -> isNode(arguments);
            case "curl" -> arguments.stream().allMatch(word -> CURL_FLAG.matches(word) || LOCAL_PAGE.matches(word));
            case "make", "gmake", "just", "rake" ->
                arguments.stream().allMatch(word -> Pattern.matches("[A-Za-z0-9][A-Za-z0-9_.-]*|-[jknsB][0-9]*", word));
            case "pip", "pip3" ->
                !arguments.isEmpty()
                        && PIP.contains(arguments.getFirst())
                        && arguments.stream().noneMatch(word -> OPENING.matches(word) || FOREIGN.matches(word));
            default ->
                arguments.stream().noneMatch(word -> OPENING.matches(word) || ASSIGNMENT.matches(word))
                        && runsNothingNamed(arguments, folder);
        };
    }

    /** Whether somebody has rewritten since the work began what the tool is to run. It looks for that upwards, too. */
    private static boolean hasFreshRecipe(String name, Path folder, Workspace workspace) {
        List<String> recipes = RECIPES.getOrDefault(name, List.of());
        for (Path at = folder; workspace.contains(at); at = at.getParent()) {
            Path here = at;
            if (recipes.stream().anyMatch(recipe -> workspace.changedSinceOpened(here.resolve(recipe)))) {
                return true;
            }
        }
        return false;
    }

    /** Of a program that nothing is known of: whether no argument is a command line, a program's name or a script. */
    private static boolean runsNothingNamed(List<String> arguments, Path folder) {
        String before = "";
        for (String word : arguments) {
            boolean prose = PROSE.matches(before) || word.startsWith("-") && word.contains("=");
            boolean line = !prose && word.chars().anyMatch(c -> c <= ' ' || ";&|`$<>!(\"".indexOf(c) >= 0);
            if (line || word.startsWith("@") || Programs.isStarted(word) || isScript(word, folder)) {
                return false;
            }
            before = word;
        }
        return true;
    }

    private static boolean isScript(String argument, Path folder) {
        boolean joined = argument.startsWith("-") && argument.length() > 2; // -F./x.sh
        String word = argument.contains("=") // --filter=./x.sh, -ldflags=-extld=./x.sh
                ? argument.substring(argument.lastIndexOf('=') + 1)
                : joined ? argument.substring(2) : argument;
        try {
            Path file = folder.resolve(word);
            return Files.isRegularFile(file) && Files.isExecutable(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean runsAFile(String name, List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (INTERPRETER_FLAG.matches(word) || name.startsWith("py") && PYTHON_FLAG.matches(word)) {
                continue;
            }
            boolean module = word.equals("-m") && name.startsWith("py");
            if (module || word.equals("-jar") && name.equals("java")) {
                return i + 1 < arguments.size()
                        && (!module || MODULES.contains(arguments.get(i + 1)))
                        && arguments.stream().skip(i + 1).noneMatch(OPENING::matches);
            }
            return !word.startsWith("-") && !word.startsWith("@");
        }
        return arguments.stream()
                .anyMatch(word -> word.equals("-V") || word.equals("--test") || word.contains("version"));
    }

    private static boolean isMaven(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (MAVEN_VALUED.contains(arguments.get(i))) {
                i++;
            } else if (!MAVEN.matches(arguments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What follows {@code --} is for the script. */
    private static boolean isNode(List<String> arguments) {
        boolean named = false;
        for (String word : arguments) {
            if (word.equals("--")) {
                return named;
            }
            if (word.contains("://") || word.startsWith("git+")) {
                return false; // a package from elsewhere than the registry
            }
            if (word.startsWith("-")) {
                if (!NODE_FLAG.matches(word)) {
                    return false;
                }
            } else if (!named) {
                named = NODE_COMMANDS.contains(word);
                if (!named) {
                    return false;
                }
            }
        }
        return named;
    }
}
