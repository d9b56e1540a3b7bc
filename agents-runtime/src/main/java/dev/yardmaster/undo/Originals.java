package dev.yardmaster.undo;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.RunId;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What files were before runs changed them: a folder for each run, with a list of what was and what became of it, and the
 * contents by their hash. Nothing is written before something is changed. Thread-safe; one for a folder in a process.
 */
public final class Originals {

    private static final int OPEN = 64;

    private final Path folder;

    /** The newest ones; what another one has kept is read from its folder again. */
    private final Map<RunId, Keeper> keepers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Keeper> eldest) {
            return size() > OPEN;
        }
    };

    private Originals(Path folder) {
        this.folder = folder;
    }

    /** Those kept in a folder, which is made when there is something to keep. */
    public static Originals in(Path folder) {
        return new Originals(folder);
    }

    /** Keeps what one run is about to change. */
    public synchronized Keeper keeper(RunId run, Workspace workspace) {
        return keepers.computeIfAbsent(run, id -> new Keeper(new Kept(folder(id)), workspace));
    }

    /** What a run changed, as far as it is known; empty when it is known to have changed nothing. */
    public Optional<Undo> find(RunId run) {
        var kept = new Kept(folder(run));
        return kept.exists() ? Optional.of(Undo.of(kept)) : Optional.empty();
    }

    /** Forgets what is kept of a run. */
    public synchronized void forget(RunId run) {
        keepers.remove(run);
        Path gone = folder(run);
        if (Files.notExists(gone)) {
            return;
        }
        try (Stream<Path> files = Files.walk(gone)) {
            for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "what is kept of run '" + run + "' cannot be removed: " + FileTrouble.of(e), e);
        }
    }

    /** A run's name is an application's to choose, and two may differ by case alone: no file's name. */
    private Path folder(RunId run) {
        return folder.resolve(
                Contents.sha256(run.value().getBytes(StandardCharsets.UTF_8)).substring(0, 32));
    }
}
