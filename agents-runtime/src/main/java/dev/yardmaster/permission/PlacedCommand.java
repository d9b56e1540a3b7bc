package dev.yardmaster.permission;

import dev.yardmaster.permission.Programs.Kind;
import dev.yardmaster.tool.Access;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command where it runs, and what can be proved of it there and then: made for one decision, on one thread. */
final class PlacedCommand {

    private final SimpleCommand command;
    private final Path folder;
    private final Workspace workspace;
    private final Map<String, Optional<ResolvedPath>> resolved = new HashMap<>();
    private final @Nullable Kind kind;

    /** @param folder its working folder */
    PlacedCommand(SimpleCommand command, Path folder, Workspace workspace) {
        this.command = command;
        this.folder = folder;
        this.workspace = workspace;
        this.kind = proved().orElse(null);
    }

    SimpleCommand command() {
        return command;
    }

    Path folder() {
        return folder;
    }

    Workspace workspace() {
        return workspace;
    }

    private Optional<Kind> kind() {
        return Optional.ofNullable(kind);
    }

    /** Whether it provably only reads, inside the workspace. Where its output goes is another question. */
    boolean onlyReads() {
        return kind().filter(Kind.READS::equals).isPresent() && staysInside();
    }

    boolean onlyReadsAndPrints() {
        return onlyReads() && command.redirects().stream().noneMatch(SimpleCommand.Redirect::writes);
    }

    /** The files its output goes to; empty for one that cannot be told. */
    List<Optional<ResolvedPath>> writtenTo() {
        return command.redirects().stream()
                .filter(SimpleCommand.Redirect::writes)
                .map(redirect -> resolved(redirect.file()).filter(path -> !workspace.isShared(path.target())))
                .toList();
    }

    /** What it would touch, as far as its words are files. */
    List<Access> accesses() {
        boolean reads = kind().filter(Kind.READS::equals).isPresent();
        var accesses = new ArrayList<Access>();
        Stream<ResolvedPath> named = pathWords().stream().flatMap(word -> resolved(word).stream());
        Stream.concat(named, paths().stream())
                .distinct()
                .forEach(path -> accesses.add(
                        reads
                                ? new Access.Reads(path.written(), path.target())
                                : new Access.Writes(path.written(), path.target())));
        for (SimpleCommand.Redirect redirect : command.redirects()) {
            resolved(redirect.file())
                    .ifPresent(path -> accesses.add(
                            redirect.writes()
                                    ? new Access.Writes(path.written(), path.target())
                                    : new Access.Reads(path.written(), path.target())));
        }
        return accesses;
    }

    /** Whether it reads whatever is below a folder. */
    boolean searches() {
        List<String> arguments = command.arguments();
        return switch (command.program()) {
            case "rg" -> true;
            case "grep", "egrep", "fgrep" ->
                arguments.stream().anyMatch(word -> word.matches("-[a-zA-Z]*[rR].*|--recursive|-d.*"));
            case "git" -> !arguments.isEmpty() && arguments.getFirst().matches("grep|diff|show|log|blame|cat-file");
            default -> false;
        };
    }

    boolean editsProtected() {
        return kind().filter(Kind.EDITS::equals).isPresent() && !touchesNothingProtected();
    }

    /** Whether it provably only changes files inside the workspace that are not protected. */
    boolean onlyEdits() {
        return kind().filter(Kind.EDITS::equals).isPresent()
                && staysInside()
                && touchesNothingProtected()
                && Destinations.areHarmless(this);
    }

    /** Whether what is found by a path may be something else afterwards: folders and links have moved. */
    boolean movesNames() {
        return switch (command.program()) {
            case "cp" ->
                command.arguments().stream()
                        .anyMatch(word -> word.matches("-[a-zA-Z]*[arRPd].*|--recursive|--archive"));
            case "mv" ->
                command.arguments().stream()
                        .filter(word -> !word.startsWith("-"))
                        .limit(Math.max(1, command.arguments().size() - 1))
                        .anyMatch(word -> !resolved(word)
                                .filter(path -> Files.isRegularFile(path.written(), LinkOption.NOFOLLOW_LINKS))
                                .isPresent());
            case "git" ->
                kind().filter(Kind.WORKS::equals).isPresent()
                        && !command.arguments().getFirst().matches("add|commit|push|fetch|tag|branch");
            default -> false;
        };
    }

    /** Whether files come to hold something else. */
    boolean writesFiles() {
        return command.program().matches("cp|mv")
                || command.redirects().stream().anyMatch(SimpleCommand.Redirect::writes);
    }

    /** Whether any of its words can be a path. */
    boolean goesByPaths() {
        return !command.redirects().isEmpty() || pathWords().stream().anyMatch(word -> !word.startsWith("-"));
    }

    /** Whether a rule with a wildcard may let it run: what the wildcard stands for must not change what is run. */
    boolean isPlain() {
        String program = command.program();
        boolean plain = program.equals("git") || Programs.isKnown(program)
                ? kind().isPresent()
                : VersionQuery.isOne(this)
                        || !Programs.isOpenEnded(program) && BuildTools.arePlain(command, folder, workspace);
        boolean reads = kind().filter(Kind.READS::equals).isPresent();
        return plain && staysInside() && (reads || program.equals("git") || touchesNothingProtected());
    }

    private Optional<Kind> proved() {
        List<String> arguments = command.arguments();
        if (SearchPath.isTaken(command.program(), workspace)) {
            return Optional.empty();
        }
        return switch (command.program()) {
            case "echo" -> Optional.of(Kind.READS);
            case "git" -> git(arguments);
            case "find" -> readsIf(Scripts.isReadingFind(arguments));
            case "printf" -> readsIf(Scripts.isReadingPrintf(arguments));
            case "test" -> readsIf(Scripts.isReadingTest(arguments));
            case "cd" -> readsIf(arguments.size() == 1);
            case "diff" -> // of folders it compares what is in them, also where that is a link
                Programs.read("diff", arguments)
                        .filter(call -> call.operands().stream().noneMatch(this::isFolder))
                        .map(Invocation::kind);
            case "sed" ->
                Programs.read("sed", arguments)
                        .filter(PlacedCommand::isReadingSed)
                        .map(Invocation::kind);
            case "jq" -> // its modules are files that no argument names
                Programs.read("jq", arguments)
                        .filter(call -> call.operands().stream()
                                .noneMatch(word -> word.matches("(?s).*(import|include|modulemeta).*")))
                        .map(Invocation::kind);
            case "uniq" ->
                Programs.read("uniq", arguments)
                        .filter(call -> call.operands().size() <= 1)
                        .map(Invocation::kind);
            case "date" ->
                Programs.read("date", arguments)
                        .filter(call -> call.operands().stream().allMatch(word -> word.startsWith("+")))
                        .map(Invocation::kind);
            default ->
                VersionQuery.isOne(this)
                        ? Optional.of(Kind.READS)
                        : Programs.read(command.program(), arguments).map(Invocation::kind);
        };
    }

    private static Optional<Kind> readsIf(boolean proved) {
        return proved ? Optional.of(Kind.READS) : Optional.empty();
    }

    private static boolean isReadingSed(Invocation call) {
        boolean given = call.options().contains("-e") || call.options().contains("--expression");
        List<String> scripts =
                given ? call.values() : call.operands().stream().limit(1).toList();
        return !scripts.isEmpty() && scripts.stream().allMatch(Scripts::isReadingSed);
    }

    private boolean isFolder(String word) {
        return resolved(word).filter(path -> Files.isDirectory(path.target())).isPresent();
    }

    private Optional<Kind> git(List<String> given) {
        List<String> arguments =
                !given.isEmpty() && given.getFirst().equals("--no-pager") ? given.subList(1, given.size()) : given;
        Optional<GitRepository> repository = GitRepository.find(folder);
        if (arguments.isEmpty() || !repository.map(GitRepository::isPlain).orElse(true)) {
            return Optional.empty();
        }
        Optional<Invocation> call = GitCommand.read(arguments);
        boolean hooked = call.filter(each -> each.kind() == Kind.WORKS).isPresent()
                && repository.map(each -> each.hasFreshHook(workspace)).orElse(false);
        boolean foreign =
                call.stream().flatMap(each -> each.operands().stream()).anyMatch(word -> word.contains("::"));
        return hooked || foreign ? Optional.empty() : call.map(Invocation::kind);
    }

    /** The paths that its words may mean. */
    List<ResolvedPath> paths() {
        var paths = new ArrayList<ResolvedPath>();
        for (String word : pathWords()) {
            candidates(word).forEach(path -> resolved(path).ifPresent(paths::add));
        }
        return paths;
    }

    private boolean touchesNothingProtected() {
        return Stream.concat(paths().stream(), command.arguments().stream().flatMap(word -> resolved(word).stream()))
                .noneMatch(path -> workspace.folders().contains(path.target())
                                && command.program().matches("rm|rmdir|mv")
                        || ProtectedPaths.find(path, workspace).isPresent());
    }

    /** Whether no word can be the path of something outside the workspace, or of a file with another name elsewhere. */
    private boolean staysInside() {
        boolean program = !command.program().contains("/") || isInside(command.program());
        return program
                && pathWords().stream().allMatch(this::staysInside)
                && command.redirects().stream()
                        .filter(redirect -> !redirect.writes())
                        .allMatch(redirect -> isInside(redirect.file()));
    }

    /** The words that can be paths: not the patterns, scripts and texts among the arguments of known programs. */
    private List<String> pathWords() {
        String program = command.program();
        if (program.matches("echo|printf|tr|seq|date|basename|dirname") || VersionQuery.isOne(this)) {
            return List.of();
        }
        Optional<Invocation> call = Programs.read(program, command.arguments())
                .filter(each -> each.kind() == Kind.READS && !program.matches("jq|realpath|find|test"));
        if (call.isEmpty()) {
            return command.arguments();
        }
        boolean pattern = program.matches("grep|egrep|fgrep|rg|sed")
                && call.get().options().stream()
                        .noneMatch(option -> option.matches("-e|--regexp|--expression|--files"));
        return call.get().operands().stream().skip(pattern ? 1 : 0).toList();
    }

    private boolean staysInside(String word) {
        return candidates(word).stream().allMatch(this::isInside);
    }

    /** The parts of a word that may be a path: all of it, or what follows an option or a name with {@code =}. */
    private List<String> candidates(String word) {
        var parts = new ArrayList<String>();
        int equals = word.indexOf('=');
        if (equals >= 0) {
            parts.add(word.substring(equals + 1));
        }
        if (word.startsWith("-")) {
            parts.add(word.indexOf('/') < 0 || equals >= 0 ? "" : word.substring(word.indexOf('/')));
            parts.add(word.length() > 2 && word.charAt(1) != '-' ? word.substring(2) : "");
        } else {
            parts.add(word);
        }
        int at = word.indexOf('@');
        parts.add(at >= 0 ? word.substring(at + 1) : "");
        parts.removeIf(part -> !mayBePath(part));
        return parts;
    }

    private boolean mayBePath(String part) {
        if (part.isBlank() || part.contains("://") && !part.startsWith("file:")) {
            return false;
        }
        try {
            return part.contains("/")
                    || part.contains("..")
                    || Files.exists(folder.resolve(part), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return true;
        }
    }

    private boolean isInside(String path) {
        return !path.startsWith("file:")
                && resolved(path)
                        .filter(each -> workspace.contains(each.target()) && !workspace.isShared(each.target()))
                        .isPresent();
    }

    /** Where a word leads when it is taken for a path, from the folder the command runs in. */
    Optional<ResolvedPath> resolved(String word) {
        return resolved.computeIfAbsent(word, this::resolve);
    }

    private Optional<ResolvedPath> resolve(String word) {
        try {
            return Optional.of(workspace.resolve(
                    word.startsWith("~") ? word : folder.resolve(word).toString()));
        } catch (UnusablePathException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
