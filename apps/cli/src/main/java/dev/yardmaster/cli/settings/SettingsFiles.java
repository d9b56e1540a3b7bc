package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the settings files that count, the nearest first: the project's {@code yardmaster.yml}, looked for upwards from the
 * working folder; its {@code .claude/settings.local.json} and {@code .claude/settings.json}, looked for up to the
 * repository's root; then {@code yardmaster.yml} and {@code .claude/settings.json} of the home folder.
 */
final class SettingsFiles {

    static final String NAME = "yardmaster.yml";
    private static final String MISTAKEN = "yardmaster.yaml";
    private static final String CLAUDE = ".claude";
    private static final List<String> CLAUDE_NAMES = List.of("settings.local.json", "settings.json");

    /**
     * A settings file.
     *
     * @param project the real path of the folder that it is for; empty for the home folder's, which needs no trust
     */
    record Found(Path file, Optional<Path> project) {

        Settings read(Caller caller, Consumer<UsageException> problems) {
            return file.endsWith(NAME)
                    ? new SettingsFile(this, caller, problems).read()
                    : new ClaudeSettingsFile(this, caller, problems).read();
        }
    }

    private SettingsFiles() {}

    /** @throws UsageException when one is named {@code yardmaster.yaml}, or belongs to somebody else */
    static List<Found> of(Caller caller) {
        var files = new ArrayList<Found>();
        for (Path folder = caller.folder(); folder != null && files.isEmpty(); folder = folder.getParent()) {
            find(folder).map(file -> found(file, file.getParent(), caller)).ifPresent(files::add);
        }
        files.forEach(each -> requireOwn(each.file(), caller));
        files.addAll(ofClaude(caller));
        var home = new ArrayList<Found>();
        find(caller.home()).ifPresent(file -> home.add(new Found(file, Optional.empty())));
        claudeFiles(caller.home())
                .filter(file -> file.endsWith("settings.json"))
                .forEach(file -> home.add(new Found(file, Optional.empty())));
        home.stream().filter(each -> !files.contains(each)).forEach(files::add);
        return files;
    }

    private static Found found(Path file, Path folder, Caller caller) {
        try {
            boolean own = Files.isSameFile(folder, caller.home());
            return new Found(file, own ? Optional.empty() : Optional.of(folder.toRealPath()));
        } catch (IOException e) {
            return new Found(file, Optional.of(folder));
        }
    }

    private static Optional<Path> find(Path folder) {
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            return Optional.of(file);
        }
        if (Files.exists(folder.resolve(MISTAKEN))) {
            throw new UsageException("'" + folder.resolve(MISTAKEN) + "' is not read: settings are in " + NAME
                    + "; rename the file, or move it away");
        }
        return Optional.empty();
    }

    /** Those of the nearest folder that has some, no farther up than the root of the repository. */
    private static List<Found> ofClaude(Caller caller) {
        var upwards = new ArrayList<Path>();
        for (Path folder = caller.folder(); folder != null; folder = folder.getParent()) {
            upwards.add(folder);
            if (Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return nearest(upwards, caller);
            }
        }
        return nearest(List.of(caller.folder()), caller);
    }

    private static List<Found> nearest(List<Path> upwards, Caller caller) {
        return upwards.stream()
                .map(folder -> claudeFiles(folder)
                        .map(file -> found(file, folder, caller))
                        .toList())
                .filter(files -> !files.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static Stream<Path> claudeFiles(Path folder) {
        return CLAUDE_NAMES.stream()
                .map(name -> folder.resolve(CLAUDE).resolve(name))
                .filter(Files::exists);
    }

    /** A file that somebody else put above the working folder, as into a shared one, is none of the caller's project. */
    private static void requireOwn(Path file, Caller caller) {
        try {
            String owner = Files.getOwner(file).getName();
            String me = Files.exists(caller.home())
                    ? Files.getOwner(caller.home()).getName()
                    : System.getProperty("user.name");
            if (!owner.equals(me) && !owner.equals("root") && !file.getParent().equals(caller.folder())) {
                throw new UsageException("'" + file + "' is not read: it belongs to " + owner + ", not to you (" + me
                        + "), and lies above the working folder; copy what you want of it into a " + NAME
                        + " of your own");
            }
        } catch (IOException e) {
            throw new UsageException("'" + file + "' cannot be read (" + FileTrouble.of(e)
                    + "); check its permissions, or move it away");
        } catch (UnsupportedOperationException e) {
            throw new UsageException(
                    "'" + file + "' is not read: nobody can tell here whose it is; move it into the working folder");
        }
    }
}
