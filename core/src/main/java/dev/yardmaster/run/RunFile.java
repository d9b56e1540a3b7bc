package dev.yardmaster.run;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's journal as a file: one entry a line, in order, as JSON with {@code v}, {@code run}, {@code offset}, {@code at},
 * {@code type}, {@code version}, {@code path} and {@code fact}. What {@code yardmaster export} writes.
 */
public final class RunFile {

    private static final int VERSION = 1;

    @JsonPropertyOrder({"v", "run", "offset", "at", "type", "version", "path", "fact"})
    private record Line(int v, String run, long offset, Instant at, String type, int version, String path, Json fact) {}

    private RunFile() {}

    /** An entry as a line, without its end. */
    public static String line(RunEvent.Recorded entry) {
        return Json.of(new Line(
                        VERSION,
                        entry.run().value(),
                        entry.offset(),
                        entry.at(),
                        entry.entry().type(),
                        entry.entry().version(),
                        entry.entry().at().value(),
                        Json.parse(entry.entry().json())))
                .text();
    }

    /** Writes a run, over what was there. @throws YardmasterException when that is not possible */
    public static void write(Path file, RunView run) {
        try {
            Files.write(file, run.entries().stream().map(RunFile::line).toList());
        } catch (IOException e) {
            throw new YardmasterException("the run cannot be written to '" + file + "': " + FileTrouble.of(e), e);
        }
    }

    /**
     * Reads a run.
     *
     * @throws YardmasterException when the file cannot be read, or is none of a run; says in which line
     * @throws dev.yardmaster.event.NewerVersionException when a newer version wrote it
     */
    public static RunView read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new YardmasterException("there is no file '" + file + "' to read a run from; check the path", e);
        } catch (IOException e) {
            throw new YardmasterException(
                    "the run in '" + file + "' cannot be read: " + FileTrouble.of(e)
                            + "; it has to be as 'yardmaster export RUN' wrote it",
                    e);
        }
        var entries = new ArrayList<RunEvent.Recorded>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                entries.add(entry(file, i + 1, lines.get(i), entries.size()));
            }
        }
        if (entries.isEmpty()) {
            throw new YardmasterException("'" + file + "' holds no run; write one with 'yardmaster export RUN'");
        }
        return RunView.of(entries.getFirst().run(), entries);
    }

    private static RunEvent.Recorded entry(Path file, int number, String text, int offset) {
        try {
            Line line = Json.parse(text).as(Line.class);
            if (line.v() != VERSION || line.type() == null || line.at() == null || line.fact() == null) {
                throw refused(file, number, "it is no entry of version " + VERSION);
            }
            if (line.offset() != offset) {
                throw refused(file, number, "it is entry " + line.offset() + " where entry " + offset + " should be");
            }
            var entry = Entry.read(
                    line.type(),
                    line.version(),
                    NodePath.of(line.path()),
                    line.fact().text());
            return new RunEvent.Recorded(new RunId(line.run()), offset, line.at(), entry);
        } catch (InvalidJsonException | IllegalArgumentException e) {
            throw refused(file, number, String.valueOf(e.getMessage()));
        }
    }

    private static YardmasterException refused(Path file, int number, String why) {
        return new YardmasterException("line " + number + " of '" + file + "' is no entry of a run: " + why
                + "; the file has to be as 'yardmaster export RUN' wrote it");
    }
}
