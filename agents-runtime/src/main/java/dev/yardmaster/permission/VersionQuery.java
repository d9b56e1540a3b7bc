package dev.yardmaster.permission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program asked which version it is, and nothing else: {@code java -version}, {@code mvn -v}. Only programs that look at
 * nothing in the working folder before they answer, and only they themselves: what version managers put in their place may
 * run what a file in the project names.
 */
final class VersionQuery {

    private static final String LONG = "--version";

    private static final Map<String, List<String>> QUERIES = Map.ofEntries(
            Map.entry("java", List.of("-version", LONG)),
            Map.entry("javac", List.of("-version", LONG)),
            Map.entry("mvn", List.of("-v", LONG)),
            Map.entry("node", List.of("-v", LONG)),
            Map.entry("python3", List.of("-V", LONG)),
            Map.entry("python", List.of("-V", LONG)),
            Map.entry("ruby", List.of("-v", LONG)),
            Map.entry("php", List.of("-v", LONG)),
            Map.entry("perl", List.of("-v", LONG)),
            Map.entry("gcc", List.of(LONG)),
            Map.entry("g++", List.of(LONG)),
            Map.entry("clang", List.of(LONG)),
            Map.entry("make", List.of("-v", LONG)),
            Map.entry("bash", List.of(LONG)),
            Map.entry("curl", List.of("-V", LONG)));

    private static final List<Path> SYSTEM =
            List.of(Path.of("/usr"), Path.of("/bin"), Path.of("/opt"), Path.of("/nix"));

    private VersionQuery() {}

    static boolean isOne(PlacedCommand placed) {
        SimpleCommand command = placed.command();
        List<String> queries = QUERIES.getOrDefault(command.program(), List.of());
        return command.arguments().size() == 1
                && queries.contains(command.arguments().getFirst())
                && isItself(command.program())
                && !(command.program().equals("mvn") && hasSettings(placed.folder()));
    }

    /** Maven's start script reads options of the virtual machine from the project. */
    private static boolean hasSettings(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".mvn"))) {
                return true;
            }
        }
        return false;
    }

    /** Installed by the system, or no script and not called something else. */
    private static boolean isItself(String program) {
        return SearchPath.find(program)
                .filter(path -> SYSTEM.stream().anyMatch(path::startsWith)
                        || path.getFileName().toString().startsWith(program.replaceAll("[0-9]", "")) && !isScript(path))
                .isPresent();
    }

    private static boolean isScript(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.read() == '#';
        } catch (IOException e) {
            return true;
        }
    }
}
