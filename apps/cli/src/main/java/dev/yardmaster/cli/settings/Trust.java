package dev.yardmaster.cli.settings;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which folders' settings the caller trusts: kept in {@code .yardmaster/trusted.json} of the home folder, out of reach of
 * what is trusted.
 */
public final class Trust {

    private static final int VERSION = 1;

    /** The file. */
    private record Answers(int v, List<Answer> folders) {}

    /** @param fingerprint of what the folder's files said when it was answered */
    private record Answer(String folder, String fingerprint, boolean trusted, String at) {}

    private final Path file;

    private Trust(Path file) {
        this.file = file;
    }

    /** What is kept in this home folder. */
    public static Trust of(Path home) {
        return new Trust(home.resolve(".yardmaster").resolve("trusted.json"));
    }

    /** Where it is kept. */
    public Path file() {
        return file;
    }

    /**
     * What was answered about a folder, for just what its files say now.
     *
     * @throws UsageException when the file cannot be read
     */
    Optional<Boolean> answer(Path folder, String fingerprint) {
        return read().folders().stream()
                .filter(each -> each.folder().equals(folder.toString())
                        && each.fingerprint().equals(fingerprint))
                .map(Answer::trusted)
                .findFirst();
    }

    /**
     * Remembers an answer, in the place of earlier ones about the same folder.
     *
     * @throws UsageException when it cannot be kept
     */
    public void remember(Claim claim, boolean trusted) {
        var answers = new ArrayList<>(read().folders());
        answers.removeIf(each -> each.folder().equals(claim.folder().toString()));
        answers.add(new Answer(
                claim.folder().toString(),
                claim.fingerprint(),
                trusted,
                Instant.now().toString()));
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.createTempFile(file.getParent(), "trusted", ".tmp"); // the owner's alone
            Files.writeString(next, Json.of(new Answers(VERSION, answers)).text() + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UsageException("the answer cannot be kept in '" + file + "' (" + FileTrouble.of(e)
                    + "); make that folder writable");
        }
    }

    private Answers read() {
        if (Files.notExists(file)) {
            return new Answers(VERSION, List.of());
        }
        try {
            var answers = Json.parse(Files.readString(file)).as(Answers.class);
            if (answers.v() != VERSION || answers.folders() == null) {
                throw unreadable("it is of another version");
            }
            return answers;
        } catch (IOException | InvalidJsonException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private UsageException unreadable(String why) {
        return new UsageException("'" + file + "', which says what folders are trusted, cannot be read: " + why
                + "; delete it, and you are asked anew");
    }
}
