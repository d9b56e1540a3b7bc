package dev.yardmaster.permission;

import com.google.re2j.Pattern;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a whole command line comes to. */
final class Commands {

    private static final Set<String> WRAPPERS = Set.of(
            "timeout", "time", "nice", "nohup", "stdbuf", "command", "builtin", "noglob", "env", "sudo", "doas", "exec",
            "setsid", "ionice", "xargs", "watch", "flock", "strace", "unshare", "chroot", "busybox");

    private static final Pattern REMOVES_CRITICAL = Pattern.compile(
            "(?s).*(?:^|[\\s;&|(`/])rm(?:dir)?\\s(?:.*\\s)?[\"']?(?:/|~|\\.|\\.\\.|\\*|\\$\\{?\\w+\\}?|[^\\s]*/\\*)[\"']?/?(?:\\*)?(?:[\\s;&|)].*)?");

    private static final Pattern TOP_LEVEL = Pattern.compile("/[^/]*/?");

    private Commands() {}

    static boolean isWrapper(String program) {
        return WRAPPERS.contains(program.substring(program.lastIndexOf('/') + 1));
    }

    /**
     * The commands of a text, each in the folder it runs in; empty when the text is more than plain words, or when it is
     * not certain where a {@code cd} leads.
     */
    static Optional<List<PlacedCommand>> read(String text, Workspace workspace) {
        Optional<List<SimpleCommand>> commands = ShellReader.read(text);
        if (commands.isEmpty()) {
            return Optional.empty();
        }
        boolean alternatives =
                commands.get().stream().anyMatch(command -> command.after().equals("||"));
        var placed = new ArrayList<PlacedCommand>();
        Path folder = workspace.root();
        for (SimpleCommand command : commands.get()) {
            placed.add(new PlacedCommand(command, folder, workspace));
            if (command.program().equals("cd")) {
                boolean certain = command.words().size() == 2
                        && command.redirects().isEmpty()
                        && command.alone()
                        && !alternatives
                        && (command.after().isEmpty() || command.after().equals("&&"));
                Optional<Path> led = certain ? folder(folder, command.words().get(1), workspace) : Optional.empty();
                if (led.isEmpty()) {
                    return Optional.empty();
                }
                folder = led.get();
            }
        }
        return Optional.of(placed);
    }

    private static Optional<Path> folder(Path from, String word, Workspace workspace) {
        if (word.startsWith("-") || word.isBlank()) {
            return Optional.empty();
        }
        try {
            Path named = from.resolve(word);
            Path target = workspace.resolve(named.toString()).target();
            boolean plain = target.equals(named.normalize()); // behind a link, the shell's ".." is not the kernel's
            return plain && workspace.contains(target) && Files.isDirectory(target)
                    ? Optional.of(target)
                    : Optional.empty();
        } catch (UnusablePathException | java.nio.file.InvalidPathException e) {
            return Optional.empty();
        }
    }

    static boolean onlyRead(String text, Workspace workspace) {
        return read(text, workspace).filter(Commands::onlyRead).isPresent();
    }

    /** Whether commands provably read, inside the workspace, and do nothing else. */
    static boolean onlyRead(List<PlacedCommand> commands) {
        return commands.stream().allMatch(PlacedCommand::onlyReadsAndPrints);
    }

    /**
     * Whether the commands of a text, each harmless where things are now, may find them elsewhere: one that moves folders
     * or links beside one that goes by paths, or one that writes files beside git or npm, which do what files say.
     */
    static boolean disturbEachOther(List<PlacedCommand> commands) {
        for (PlacedCommand one : commands) {
            boolean moves = one.movesNames();
            boolean writes = moves || one.writesFiles();
            for (PlacedCommand other : commands) {
                boolean disturbed = moves && other.goesByPaths()
                        || writes && other.command().program().matches("git|npm|pnpm|yarn");
                if (other != one && disturbed) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a command may remove something nobody wants to lose by accident. Errs on the side of yes. */
    static boolean removesCritical(String text, Optional<List<PlacedCommand>> commands) {
        if (!text.contains("rm")) {
            return false;
        }
        if (commands.isPresent()) {
            return commands.get().stream().anyMatch(Commands::removesCritical);
        }
        return text.length() > ShellReader.MAX_LENGTH
                || REMOVES_CRITICAL.matcher(text).matches();
    }

    private static boolean removesCritical(PlacedCommand placed) {
        List<String> words = placed.command().words();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).matches("(.*/)?rm(dir)?")) {
                return words.stream().skip(i + 1).anyMatch(word -> !word.startsWith("-") && isCritical(word, placed));
            }
        }
        return false;
    }

    private static boolean isCritical(String word, PlacedCommand placed) {
        return placed.resolved(word)
                .map(path -> placed.workspace().folders().stream().anyMatch(folder -> folder.startsWith(path.target()))
                        || Path.of(System.getProperty("user.home")).startsWith(path.target())
                        || TOP_LEVEL.matcher(path.target().toString()).matches())
                .orElse(true);
    }
}
