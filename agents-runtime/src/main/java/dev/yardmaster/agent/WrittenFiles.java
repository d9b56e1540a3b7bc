package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the files that a call would change are like: for telling whether a person approved a change of what is there now. */
final class WrittenFiles {

    private WrittenFiles() {}

    static boolean areIn(List<Access> accesses) {
        return accesses.stream().anyMatch(Access.Writes.class::isInstance);
    }

    /** Changes when one of the files does. */
    static String state(List<Access> accesses) {
        Map<String, String> states = new TreeMap<>();
        for (Access access : accesses) {
            if (access instanceof Access.Writes writes) {
                states.put(writes.target().toString(), state(writes.target()));
            }
        }
        return Json.of(states).sha256();
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.size() + " " + found.lastModifiedTime() + " " + found.isRegularFile();
        } catch (IOException e) {
            return "missing";
        }
    }
}
