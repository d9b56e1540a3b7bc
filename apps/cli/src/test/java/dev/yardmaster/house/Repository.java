package dev.yardmaster.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkout that the tests run in.
 *
 * @param root its top folder
 */
record Repository(Path root) {

    private static final Pattern SOURCE = Pattern.compile("(.+)/src/main/java/(.+)/[^/]+\\.java");

    static Repository find() {
        Path start = Path.of("").toAbsolutePath();
        return Stream.iterate(start, Path::getParent)
                .takeWhile(folder -> folder != null)
                .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
                .findFirst()
                .map(Repository::new)
                .orElseThrow(() -> new IllegalStateException("no folder with .mvn in it above " + start));
    }

    /** The files that git tracks or would take up, relative to the root; all but build output where there is no git. */
    List<Path> files() {
        try {
            var git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            git.environment().keySet().removeIf(name -> name.startsWith("GIT_")); // of a hook: its index may be another
            Process listing = git.start();
            String listed = new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (listing.waitFor() == 0) {
                return Stream.of(listed.split("\0"))
                        .map(Path::of)
                        .filter(file -> Files.isRegularFile(root.resolve(file)))
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            // no git here
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while git listed the files", e);
        }
        return walked();
    }

    private List<Path> walked() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(file ->
                            Stream.of("target", ".git").noneMatch(name -> ("/" + file).contains("/" + name + "/")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of each file that is text. */
    Map<Path, String> texts() {
        var texts = new TreeMap<Path, String>();
        files().forEach(file -> text(file).ifPresent(text -> texts.put(file, text)));
        return texts;
    }

    private Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)));
        } catch (MalformedInputException e) {
            return Optional.empty(); // an image, a jar
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages with production code, and the module each is in. */
    Map<String, String> packages() {
        var packages = new TreeMap<String, String>();
        for (Path file : files()) {
            Matcher source = SOURCE.matcher(file.toString());
            if (source.matches()) {
                packages.put(source.group(2).replace('/', '.'), source.group(1));
            }
        }
        return packages;
    }
}
