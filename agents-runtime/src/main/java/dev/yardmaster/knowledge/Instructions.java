package dev.yardmaster.knowledge;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How people want things done: {@code CLAUDE.md} and {@code AGENTS.md} of a project's folder and of those above it, up to the
 * repository's root, and {@code ~/.claude/CLAUDE.md}. Read anew for each agent that begins. Immutable.
 */
public final class Instructions {

    private static final Instructions NONE = new Instructions(Optional.empty(), Optional.empty());
    private static final List<String> NAMES = List.of("CLAUDE.md", ".claude/CLAUDE.md", "AGENTS.md", "CLAUDE.local.md");

    private final Optional<Path> folder;
    private final Optional<Path> home;

    private Instructions(Optional<Path> folder, Optional<Path> home) {
        this.folder = folder;
        this.home = home;
    }

    /** None. */
    public static Instructions none() {
        return NONE;
    }

    /** Those of a project. @param folder the workspace's root */
    public static Instructions of(Path folder) {
        return new Instructions(Optional.of(folder.toAbsolutePath().normalize()), Optional.empty());
    }

    /** The same, and those of a person. */
    public Instructions withHome(Path own) {
        return new Instructions(folder, Optional.of(own.toAbsolutePath().normalize()));
    }

    /**
     * All of them as they are now, the most general first, each followed by what it imports. Blocks on the disk.
     *
     * @param mayBeRead whether a file, links followed, may be read at all
     */
    List<Handout> take(Predicate<Path> mayBeRead) {
        if (home.isEmpty() && folder.isEmpty()) {
            return List.of();
        }
        var taken = new InstructionFiles(mayBeRead);
        home.ifPresent(own -> taken.addOwn(own.resolve(".claude").resolve("CLAUDE.md")));
        folder.ifPresent(project -> {
            List<Path> downwards = downwards(project);
            for (Path each : downwards) {
                NAMES.forEach(name -> taken.add(each.resolve(name), downwards.getFirst()));
            }
        });
        return taken.all();
    }

    /** From the repository's root, which holds {@code .git}; the folder alone when none does. */
    private static List<Path> downwards(Path project) {
        var upwards = new ArrayList<Path>();
        for (Path each = project; each != null; each = each.getParent()) {
            upwards.add(each);
            if (Files.exists(each.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return upwards.reversed();
            }
        }
        return List.of(project);
    }
}
