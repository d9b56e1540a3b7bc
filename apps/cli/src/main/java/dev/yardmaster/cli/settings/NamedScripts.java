package dev.yardmaster.cli.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripts of a project that a command runs: who trusts the command trusts them as they are. Of each command in a line it is the
 * first word that names a file there, be it the program or what an interpreter is given; what is read and written, the
 * work itself changes.
 */
final class NamedScripts {

    private static final long LARGEST = 1 << 20;

    private static final String SEPARATORS = ";|&()`\n";
    private static final Pattern WORDS = Pattern.compile("[;|&()`\\n]|(?:\"[^\"]*\"|'[^']*'|[^\\s\"';|&()`])+");

    private NamedScripts() {}

    /** Each with the hash of its content. */
    static List<String> hashes(String command, Path folder) {
        String placed = command.replaceAll("\\$\\{?CLAUDE_PROJECT_DIR\\}?", ".");
        var hashes = new ArrayList<String>();
        boolean found = false;
        for (Matcher words = WORDS.matcher(placed.replaceAll("[<>]+\\s*\\S+", " ")); words.find(); ) {
            String word = words.group();
            if (SEPARATORS.contains(word.substring(0, 1))) {
                found = false;
            } else if (!found) {
                Optional<String> hash = hash(word.replaceAll("[\"']", ""), folder);
                hash.ifPresent(hashes::add);
                found = hash.isPresent();
            }
        }
        return hashes;
    }

    private static Optional<String> hash(String word, Path folder) {
        try {
            Path file = folder.resolve(word).normalize();
            if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder.toRealPath())) {
                return Optional.empty();
            }
            String content = Files.size(file) > LARGEST
                    ? "large " + Files.size(file) + " " + Files.getLastModifiedTime(file)
                    : sha256(Files.readAllBytes(file));
            return Optional.of("file " + folder.relativize(file) + " " + content);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
