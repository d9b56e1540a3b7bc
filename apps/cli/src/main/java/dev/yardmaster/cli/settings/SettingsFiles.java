package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the settings files that count: the nearest one upwards from the working folder, then the home folder's. */
final class SettingsFiles {

    static final String NAME = "yardmaster.yml";
    private static final String MISTAKEN = "yardmaster.yaml";

    private SettingsFiles() {}

    /** @throws UsageException when one is named {@code yardmaster.yaml}, or belongs to somebody else */
    static List<Path> of(Caller caller) {
        var files = new ArrayList<Path>();
        for (Path folder = caller.folder(); folder != null && files.isEmpty(); folder = folder.getParent()) {
            find(folder).ifPresent(files::add);
        }
        find(caller.home()).filter(file -> !files.contains(file)).ifPresent(files::add);
        files.forEach(file -> requireOwn(file, caller));
        return files;
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

    /** A file that somebody else put above the working folder, as into a shared one, must not widen anything here. */
    private static void requireOwn(Path file, Caller caller) {
        try {
            String owner = Files.getOwner(file).getName();
            String me = Files.getOwner(caller.home()).getName();
            if (!owner.equals(me) && !owner.equals("root") && !file.getParent().equals(caller.folder())) {
                throw new UsageException("'" + file + "' is not read: it belongs to " + owner + ", not to you (" + me
                        + "), and lies above the working folder; copy what you want of it into a " + NAME
                        + " of your own");
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new UsageException("'" + file + "' cannot be read ("
                    + e.getClass().getSimpleName() + "); check its permissions, or move it away");
        }
    }
}
