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
 * program, when that is a file there, or the first such file that an interpreter is given; what others read and write, the
 * work itself changes.
 */
final class NamedScripts {

    private static final long LARGEST = 1 << 20;

    private static final String SEPARATORS = ";|&()`\n";
    private static final Pattern WORDS = Pattern.compile("[;|&()`\\n]|(?:\"[^\"]*\"|'[^']*'|[^\\s\"';|&()`])+");

    private static final Pattern INTERPRETER = Pattern.compile(
            "(?:.*/)?(?:(?:ba|da|z|k)?sh|env|exec|python[0-9.]*|node|deno|bun|run|tsx|npx|uv|ruby|perl|php|pwsh"
                    + "|source|\\.|java|jbang|time|timeout|nice)");

    private NamedScripts() {}

    /** Each with the hash of its content. */
    static List<String> hashes(String command, Path folder) {
        String placed = command.replaceAll("\\$\\{?CLAUDE_PROJECT_DIR\\}?", ".");
        var hashes = new ArrayList<String>();
        boolean looking = true;
        boolean first = true;
        for (Matcher words = WORDS.matcher(placed.replaceAll("[<>]+\\s*\\S+", " ")); words.find(); ) {
            String word = words.group().replaceAll("[\"']", "");
            if (SEPARATORS.contains(words.group().substring(0, 1))) {
                looking = true;
                first = true;
            } else if (looking && !word.matches("[A-Za-z_]\\w*=.*|-.*")) {
                Optional<String> hash = hash(word, folder);
                hash.ifPresent(hashes::add);
                looking = hash.isEmpty() && (!first || INTERPRETER.matcher(word).matches());
                first = false;
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
