package dev.yardmaster.undo;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.YardmasterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is kept of one run: {@code changes.jsonl}, and beside it each content under its SHA-256. */
record Kept(Path folder) {

    private Path list() {
        return folder.resolve("changes.jsonl");
    }

    boolean exists() {
        return Files.exists(list());
    }

    /** All notes; a last line that was cut off is none. */
    List<Note> notes() throws IOException {
        var notes = new ArrayList<Note>();
        if (!exists()) {
            return notes;
        }
        String text = Files.readString(list());
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            try {
                Note note = Json.parse(line).as(Note.class);
                if (note.v() != Note.VERSION) {
                    throw new YardmasterException("'" + list() + "' was written by another version; use that");
                }
                notes.add(note);
            } catch (InvalidJsonException e) {
                if (!line.isEmpty()) { // a line that a kill cut off, and that another one was written behind
                    continue;
                }
            }
        }
        return notes;
    }

    /** Adds notes. @param durable whether they are on the disk when this returns */
    void add(List<Note> notes, boolean durable) throws IOException {
        Files.createDirectories(folder);
        var text = new StringBuilder();
        notes.forEach(note -> text.append(Json.of(note).text()).append('\n'));
        try (FileChannel out = FileChannel.open(
                list(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = out.size();
            var last = ByteBuffer.allocate(1);
            if (end > 0 && out.read(last, end - 1) == 1 && last.get(0) != '\n') {
                text.insert(0, '\n');
            }
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            for (long at = end; bytes.hasRemaining(); ) {
                at += out.write(bytes, at);
            }
            if (durable) {
                out.force(true);
            }
        }
    }

    /** Keeps a content that is not kept yet. */
    void keep(String hash, byte[] content, boolean durable) {
        Path file = folder.resolve(hash);
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path next = Files.createTempFile(folder, "content", ".tmp"); // nobody else's to read
            try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
                for (ByteBuffer bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
                    out.write(bytes);
                }
                if (durable) {
                    out.force(true);
                }
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "what the file was cannot be kept for undo in '" + folder + "': " + FileTrouble.of(e), e);
        }
    }

    /** A content; empty when it is not there, or is damaged. */
    Optional<byte[]> content(String hash) throws IOException {
        Path file = folder.resolve(hash);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        return Contents.sha256(bytes).equals(hash) ? Optional.of(bytes) : Optional.empty();
    }
}
