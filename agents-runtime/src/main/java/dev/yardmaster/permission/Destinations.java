package dev.yardmaster.permission;

import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where {@code cp} and {@code mv} put things: what they are given last may be a folder, and what lies there under the same
 * name, or beneath it, is written over; a link there is followed.
 */
final class Destinations {

    private Destinations() {}

    /** Whether everything goes to files inside the workspace that are not protected, and folders to where nothing is yet. */
    static boolean areHarmless(PlacedCommand placed) {
        if (!placed.command().program().matches("cp|mv")) {
            return true;
        }
        Optional<Invocation> call =
                Programs.read(placed.command().program(), placed.command().arguments());
        List<String> operands = call.map(Invocation::operands).orElse(List.of());
        if (operands.size() < 2) {
            return call.isPresent(); // it complains
        }
        boolean itself = call.get().options().contains("-T");
        boolean into = !itself
                && placed.resolved(operands.getLast())
                        .filter(path -> Files.isDirectory(path.target()))
                        .isPresent();
        var taken = new HashSet<Path>();
        return operands.subList(0, operands.size() - 1).stream()
                .allMatch(source -> isHarmless(source, operands.getLast(), into, placed, taken));
    }

    private static boolean isHarmless(String source, String last, boolean into, PlacedCommand placed, Set<Path> taken) {
        Optional<ResolvedPath> from = placed.resolved(source);
        String name = Path.of(source).getFileName() == null
                ? ""
                : Path.of(source).getFileName().toString();
        if (from.isEmpty() || name.isEmpty() || name.equals(".") || name.equals("..")) {
            return false; // all that is in a folder, under whatever names
        }
        Optional<ResolvedPath> to = placed.resolved(into ? last + "/" + name : last);
        if (to.isEmpty() || !taken.add(to.get().target())) {
            return false;
        }
        Workspace workspace = placed.workspace();
        boolean fresh = !Files.exists(to.get().target(), LinkOption.NOFOLLOW_LINKS);
        return workspace.contains(to.get().target())
                && !workspace.isShared(to.get().target())
                && ProtectedPaths.find(to.get(), workspace).isEmpty()
                && (fresh || !Files.isDirectory(from.get().target()));
    }
}
