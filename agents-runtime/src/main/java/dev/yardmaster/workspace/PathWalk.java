package dev.yardmaster.workspace;

import dev.yardmaster.event.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows a path component by component the way the kernel does: {@code ..} after a link is the parent of where the link
 * leads, which {@link Path#normalize()} gets wrong.
 */
final class PathWalk {

    private static final int MAX_LINKS = 40;

    private PathWalk() {}

    /** Where an absolute path really leads. Components that do not exist are kept as they are. */
    static Path target(Path absolute) {
        Deque<Path> rest = new ArrayDeque<>();
        absolute.forEach(rest::add);
        Path at = absolute.getRoot();
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.pop().toString();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
                continue;
            }
            Path next = at.resolve(name);
            if (!Files.isSymbolicLink(next)) {
                at = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new UnusablePathException("the path '" + absolute + "' goes round in links; use another path");
            }
            Path led = read(next);
            for (int i = led.getNameCount() - 1; i >= 0; i--) {
                rest.push(led.getName(i));
            }
            if (led.isAbsolute()) {
                at = led.getRoot();
            }
        }
        return at;
    }

    private static Path read(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            throw new UnusablePathException("the link '" + link + "' cannot be followed: " + FileTrouble.of(e));
        }
    }
}
