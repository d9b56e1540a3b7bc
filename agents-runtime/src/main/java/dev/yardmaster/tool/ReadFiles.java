package dev.yardmaster.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files one agent has seen, which lines of them, and what was in them then: a fold of {@link Sighting}s, which are
 * recorded with the results of calls, so that it is the same again when a run is resumed. Thread-safe.
 */
public final class ReadFiles {

    /** What a file is answered with that is read again while what it showed is before the agent's eyes. */
    public static final String UNCHANGED =
            "(unchanged since you read it: what you were shown of it then still holds. Should that be in this conversation"
                    + " no more, read it again.)";

    /** Knows what is before an agent's eyes now. */
    @FunctionalInterface
    public interface View {

        /** Whether its conversation holds this text as what was read of a file. */
        boolean shows(Path file, String text);
    }

    /** Immutable: {@code lines} is never changed once it is in here. */
    private record Seen(String sha256, BitSet lines, int total) {}

    private Map<Path, Seen> files = Map.of();
    /** Whether a call goes on from the same map, or nothing may be put into it. */
    private boolean shared = true;

    private List<Sighting> sightings = List.of();
    private final View view;

    /** Those of an agent before whose eyes nothing is. */
    public ReadFiles() {
        this((file, text) -> false);
    }

    public ReadFiles(View view) {
        this.view = view;
    }

    /** What one call goes on from: all that was seen so far, and an empty list of sightings. */
    public synchronized ReadFiles forCall() {
        var known = new ReadFiles(view);
        known.files = files;
        shared = true;
        return known;
    }

    /** What was seen through this instance, in order. */
    public synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    /** Adds a sighting. */
    public synchronized void add(Sighting sighting) {
        if (shared) {
            files = new HashMap<>(files);
            shared = false;
        }
        sightings = sightings.isEmpty() ? new ArrayList<>() : sightings;
        sightings.add(sighting);
        Path file = Path.of(sighting.file());
        switch (sighting) {
            case Sighting.Whole whole -> files.put(file, new Seen(whole.sha256(), new BitSet(), 0));
            case Sighting.Lines lines -> files.compute(file, (path, before) -> with(lines, before));
            case Sighting.Edited edited -> files.computeIfPresent(file, (path, before) -> with(edited, before));
        }
    }

    /** Remembers that the whole of {@code file} was seen with this content hash (SHA-256, hexadecimal). */
    public void saw(Path file, String sha256) {
        add(new Sighting.Whole(file.toString(), sha256));
    }

    /**
     * Remembers that some lines of {@code file} were seen; pieces of the same content add up.
     *
     * @param from the first line that was seen, from 1
     * @param to the last one, inclusive
     * @param total how many lines the file has
     */
    public void saw(Path file, String sha256, int from, int to, int total) {
        add(new Sighting.Lines(file.toString(), sha256, from, to, total));
    }

    private static Seen with(Sighting.Lines sighting, @Nullable Seen before) {
        boolean same = before != null && before.sha256().equals(sighting.sha256());
        if (same && before.total() == 0) {
            return before; // seen whole already
        }
        BitSet lines = same ? (BitSet) before.lines().clone() : new BitSet();
        lines.set(sighting.from(), sighting.to() + 1);
        return new Seen(sighting.sha256(), lines, sighting.total());
    }

    /**
     * Remembers a change the agent made itself: lines it had seen became others, which it knows, and the rest moved. A
     * file that was seen whole still is.
     *
     * @param line the first line that changed, from 1
     * @param before how many lines these were
     * @param after how many they are now
     */
    public void edited(Path file, String sha256, int line, int before, int after) {
        add(new Sighting.Edited(file.toString(), sha256, line, before, after));
    }

    private static Seen with(Sighting.Edited edited, Seen seen) {
        if (seen.total() == 0) {
            return new Seen(edited.sha256(), seen.lines(), 0);
        }
        int line = edited.line();
        int before = edited.before();
        int after = edited.after();
        var lines = new BitSet();
        for (int at = seen.lines().nextSetBit(0); at >= 0; at = seen.lines().nextSetBit(at + 1)) {
            boolean gone = at >= line && at < line + before;
            lines.set(at < line || gone ? Math.min(at, line) : at - before + after);
        }
        lines.set(line, line + after);
        return new Seen(edited.sha256(), lines, Math.max(1, seen.total() - before + after));
    }

    /** The content hash of {@code file} when something of it was last seen. */
    public synchronized Optional<String> find(Path file) {
        return Optional.ofNullable(files.get(file)).map(Seen::sha256);
    }

    /** Whether a text that was read of {@code file} is still in the agent's conversation, as it was. */
    public boolean isStillShown(Path file, String text) {
        return view.shows(file, text);
    }

    /** Whether all lines of the content last seen were seen. */
    public synchronized boolean sawWhole(Path file) {
        Seen seen = files.get(file);
        return seen != null && seen.lines().cardinality() >= seen.total();
    }

    /** Whether these lines of the content last seen were seen. @param from from 1 @param to inclusive */
    public synchronized boolean sawLines(Path file, int from, int to) {
        Seen seen = files.get(file);
        return seen != null && (seen.total() == 0 || seen.lines().nextClearBit(from) > to);
    }
}
