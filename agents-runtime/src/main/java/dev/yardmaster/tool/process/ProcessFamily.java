package dev.yardmaster.tool.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The processes that one command started, found by a variable that each inherits: also those that are nobody's children
 * any more (as Jenkins' {@code ProcessTreeKiller} does). Needs Linux's {@code /proc}; elsewhere it finds none.
 */
record ProcessFamily(String mark) {

    static final String VARIABLE = "YARDMASTER_CALL";

    private static final Path PROC = Path.of("/proc");
    /** What is started while the others are killed is found by the next pass. */
    private static final int PASSES = 20;

    static ProcessFamily fresh() {
        return new ProcessFamily(UUID.randomUUID().toString());
    }

    /** Kills all of them; gives up on what cannot be killed. */
    void kill() {
        for (int pass = 0; pass < PASSES; pass++) {
            List<ProcessHandle> found = find();
            if (found.isEmpty()) {
                return;
            }
            found.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private List<ProcessHandle> find() {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return List.of();
        }
        var found = new ArrayList<ProcessHandle>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (bearsMark(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found;
        }
        return found;
    }

    private boolean bearsMark(Path process) {
        return environment(process)
                .filter(text -> text.contains(VARIABLE + "=" + mark))
                .isPresent();
    }

    /** Empty for processes of others, for those that are gone and for zombies. */
    private static Optional<String> environment(Path process) {
        // not a channel: that would fail on a thread that is interrupted, which is when processes are killed
        try (var stream = new FileInputStream(process.resolve("environ").toFile())) {
            return Optional.of(new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
