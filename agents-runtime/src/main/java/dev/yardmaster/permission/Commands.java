package dev.yardmaster.permission;

import com.google.re2j.Pattern;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of programs: which only read, which change files, which run other programs. */
final class Commands {

    /** Programs that only read, with the options under which that is so. */
    private static final Map<String, Pattern> READ_ONLY = Map.of(
            "ls", Pattern.compile("-[a-zA-Z1]+|--all|--color=never"),
            "pwd", Pattern.compile("-[LP]"),
            "cat", Pattern.compile("-[AbEnsTv]+"),
            "head", Pattern.compile("-[0-9]+|-n|-c|-q|-v"),
            "tail", Pattern.compile("-[0-9]+|-n|-c|-q|-v"),
            "wc", Pattern.compile("-[clmwL]+"),
            "grep", Pattern.compile("-[EFHILRchilnoqrsvwx]+|-e|-[ABC][0-9]*|-m[0-9]*"),
            "stat", Pattern.compile("-[cLf]"),
            "du", Pattern.compile("-[abchksm]+"),
            "echo", Pattern.compile("-n"));

    /** Programs that change files, with the options under which they do no more than that. */
    private static final Map<String, Pattern> EDITS = Map.of(
            "mkdir", Pattern.compile("-p|-pv?|-v"),
            "touch", Pattern.compile("-[acm]+"),
            "rm", Pattern.compile("-[rRfv]+"),
            "rmdir", Pattern.compile("-[pv]+"),
            "mv", Pattern.compile("-[fnv]+"),
            "cp", Pattern.compile("-[rRfnpv]+"));

    /** Programs that run what their arguments say: a rule for a prefix of their command line means nothing. */
    private static final Set<String> RUN_OTHERS = Set.of(
            "ash",
            "awk",
            "bash",
            "busybox",
            "chroot",
            "command",
            "dash",
            "docker",
            "doas",
            "env",
            "eval",
            "exec",
            "expect",
            "find",
            "fish",
            "flock",
            "gawk",
            "gdb",
            "ionice",
            "ksh",
            "mapfile",
            "man",
            "mawk",
            "nice",
            "nohup",
            "nsenter",
            "parallel",
            "perl",
            "podman",
            "printf",
            "script",
            "sed",
            "setsid",
            "sh",
            "sort",
            "source",
            "ssh",
            "stdbuf",
            "strace",
            "sudo",
            "tar",
            "tee",
            "time",
            "timeout",
            "unshare",
            "vi",
            "vim",
            "watch",
            "xargs",
            "zip",
            "zsh");

    private static final Set<String> WRAPPERS = Set.of(
            "timeout", "time", "nice", "nohup", "stdbuf", "command", "builtin", "noglob", "env", "sudo", "doas", "exec",
            "setsid", "ionice", "xargs", "watch");

    private static final Pattern REMOVES_CRITICAL = Pattern.compile(
            "(?s).*(?:^|[\\s;&|(`/])rm(?:dir)?\\s(?:.*\\s)?[\"']?(?:/|~|\\.|\\.\\.|\\*|\\$\\{?\\w+\\}?|[^\\s]*/\\*)[\"']?/?(?:\\*)?(?:[\\s;&|)].*)?");

    private static final Pattern TOP_LEVEL = Pattern.compile("/[^/]*/?");

    private Commands() {}

    static boolean isWrapper(String program) {
        return WRAPPERS.contains(program.substring(program.lastIndexOf('/') + 1));
    }

    static boolean runsOthers(List<String> words) {
        return RUN_OTHERS.contains(words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1));
    }

    /** Whether a plain command provably only reads, inside the workspace. */
    static boolean onlyReads(List<String> words, Workspace workspace) {
        return isKnown(READ_ONLY, words) && (words.getFirst().equals("echo") || staysInside(words, workspace));
    }

    /** Whether a plain command only changes files inside the workspace that are not protected. */
    static boolean onlyEdits(List<String> words, Workspace workspace) {
        return isKnown(EDITS, words)
                && staysInside(words, workspace)
                && operands(words).stream()
                        .map(word -> resolved(word, workspace))
                        .noneMatch(path -> path.isEmpty()
                                || path.get().target().equals(workspace.root())
                                || ProtectedPaths.find(path.get(), workspace).isPresent());
    }

    private static boolean isKnown(Map<String, Pattern> programs, List<String> words) {
        Pattern options = programs.get(words.getFirst());
        return options != null
                && words.stream()
                        .skip(1)
                        .filter(word -> word.startsWith("-"))
                        .allMatch(word -> options.matcher(word).matches());
    }

    private static List<String> operands(List<String> words) {
        return words.stream().skip(1).filter(word -> !word.startsWith("-")).toList();
    }

    /** Whether no word of a plain command can be the path of something outside the workspace. */
    static boolean staysInside(List<String> words, Workspace workspace) {
        return words.stream().skip(1).allMatch(word -> staysInside(word, workspace));
    }

    private static boolean staysInside(String word, Workspace workspace) {
        int slash = word.indexOf('/');
        int equals = word.indexOf('=');
        String path = word.startsWith("-") && equals > 0
                ? word.substring(equals + 1)
                : word.startsWith("-") ? (slash < 0 ? "" : word.substring(slash)) : word;
        if (path.isBlank() || path.contains("://")) {
            return true;
        }
        boolean mayBePath = path.contains("/")
                || path.contains("..")
                || Files.exists(workspace.root().resolve(path));
        return !mayBePath
                || resolved(path, workspace)
                        .map(each -> workspace.contains(each.target()))
                        .orElse(false);
    }

    private static Optional<ResolvedPath> resolved(String path, Workspace workspace) {
        try {
            return Optional.of(workspace.resolve(path));
        } catch (UnusablePathException e) {
            return Optional.empty();
        }
    }

    /** Whether a command may remove something nobody wants to lose by accident. Errs on the side of yes. */
    static boolean removesCritical(String command, Workspace workspace) {
        if (!command.contains("rm")) {
            return false;
        }
        if (command.length() > CommandWords.MAX_LENGTH
                || REMOVES_CRITICAL.matcher(command).matches()) {
            return true;
        }
        return CommandWords.read(command)
                .filter(words -> words.getFirst().matches("(.*/)?rm(dir)?"))
                .map(words -> operands(words).stream().anyMatch(word -> isCritical(word, workspace)))
                .orElse(false);
    }

    private static boolean isCritical(String word, Workspace workspace) {
        Optional<ResolvedPath> path = resolved(word, workspace);
        if (path.isEmpty()) {
            return true;
        }
        Path target = path.get().target();
        return workspace.root().startsWith(target)
                || Path.of(System.getProperty("user.home")).startsWith(target)
                || TOP_LEVEL.matcher(target.toString()).matches();
    }
}
