package dev.yardmaster.permission;

import com.google.re2j.Pattern;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Interpreters and build tools: a rule that lets them run means the project's own scripts and goals, not code or programs
 * given in the arguments, and not scripts that were written since the work began.
 */
final class BuildTools {

    private static final Pattern INTERPRETER =
            Pattern.compile("python[0-9.]*|pypy[0-9.]*|node|nodejs|ts-node|tsx|ruby|php|java");
    private static final Pattern INTERPRETER_FLAG = Pattern.compile("-[uBOsEIb]|--version|-V|--test|--check|-version");

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
                    + "|init-script|vettool|overlay|modfile|config|interpreter|launcher|wrapper|driver|loader)[a-z-]*(?:=.*)?");

    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)[A-Z_][A-Z0-9_]*\\+?=.*");
    private static final Pattern LOCAL_PAGE =
            Pattern.compile("https?://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]+)?(?:/[^\\s]*)?");
    private static final Pattern CURL_FLAG =
            Pattern.compile("-[sSfiIvLk]+|--(?:silent|fail|show-error|include|head|compressed)");

    private BuildTools() {}

    static boolean arePlain(SimpleCommand command, Path folder, Workspace workspace) {
        String program = command.program();
        String name = program.substring(program.lastIndexOf('/') + 1);
        List<String> arguments = command.arguments();
        if (INTERPRETER.matches(name)) {
            return runsAFile(name, arguments);
        }
        return switch (name) {
            case "mvn", "mvnw", "mvnd" -> isMaven(arguments);
            case "gradle", "gradlew" -> arguments.stream().allMatch(GRADLE::matches);
            case "npm", "pnpm", "yarn" ->
                isNode(arguments) && !workspace.changedSinceOpened(folder.resolve("package.json"));
            case "curl" -> arguments.stream().allMatch(word -> CURL_FLAG.matches(word) || LOCAL_PAGE.matches(word));
            case "make", "gmake", "just", "rake" ->
                arguments.stream().allMatch(word -> Pattern.matches("[A-Za-z0-9][A-Za-z0-9_.-]*|-[jknsB][0-9]*", word));
            default -> arguments.stream().noneMatch(word -> OPENING.matches(word) || ASSIGNMENT.matches(word));
        };
    }

    private static boolean runsAFile(String name, List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (INTERPRETER_FLAG.matches(word)) {
                continue;
            }
            if (word.equals("-m") && name.startsWith("py") || word.equals("-jar") && name.equals("java")) {
                return i + 1 < arguments.size()
                        && arguments.stream().skip(i + 1).noneMatch(OPENING::matches);
            }
            return !word.startsWith("-");
        }
        return arguments.stream().anyMatch(word -> word.equals("-V") || word.contains("version"));
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
