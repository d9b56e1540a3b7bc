package dev.yardmaster.tool.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder in which groups of processes can be made whose memory Linux counts and limits together: see cgroups(7). Of the
 * first version our own group is one, of the second that of our group and its siblings, where it was delegated to us
 * (systemd does that for a user's services): a group of the second version holds either processes or groups.
 */
record MemoryGroups(Path folder) {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path OWN = Path.of("/proc/self/cgroup");

    /** What may be one, the likeliest first; whether it is has to be tried. */
    static List<MemoryGroups> here() {
        try {
            return of(Files.readString(MOUNTS), Files.readString(OWN)).stream()
                    .filter(MemoryGroups::isOpen)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** @param mounts as in {@code /proc/self/mountinfo} @param groups as in {@code /proc/self/cgroup} */
    static List<MemoryGroups> of(String mounts, String groups) {
        var all = new ArrayList<MemoryGroups>();
        for (String mount : mounts.lines().toList()) {
            int middle = mount.indexOf(" - ");
            String[] about = mount.substring(0, Math.max(middle, 0)).split(" ");
            String[] kind = mount.substring(middle + 3).split(" ");
            if (middle < 0 || about.length < 5 || kind.length < 3) {
                continue;
            }
            Path point = Path.of(about[4]);
            boolean second = kind[0].equals("cgroup2");
            if (!second
                    && !(kind[0].equals("cgroup")
                            && Arrays.asList(kind[2].split(",")).contains("memory"))) {
                continue;
            }
            group(groups, second, about[3]).map(point::resolve).ifPresent(own -> {
                if (second && !own.equals(point)) {
                    all.add(new MemoryGroups(own.getParent()));
                }
                all.add(new MemoryGroups(own));
            });
        }
        return all;
    }

    /** The path of our group below a mount. @param root what of the groups is mounted there */
    private static Optional<String> group(String groups, boolean second, String root) {
        return groups.lines()
                .map(line -> line.split(":", 3))
                .filter(line -> line.length == 3)
                .filter(line -> second
                        ? line[0].equals("0") && line[1].isEmpty()
                        : Arrays.asList(line[1].split(",")).contains("memory"))
                .map(line -> line[2])
                .filter(path -> !path.contains(".."))
                .map(path ->
                        !root.equals("/") && (path + "/").startsWith(root + "/") ? path.substring(root.length()) : path)
                .map(path -> path.replaceFirst("^/+", ""))
                .findFirst();
    }

    private boolean isOpen() {
        try {
            Path handedOn = folder.resolve("cgroup.subtree_control");
            return Files.isWritable(folder)
                    && (Files.exists(handedOn)
                            ? Files.readString(handedOn).contains("memory")
                            : Files.exists(folder.resolve("memory.limit_in_bytes")));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a group's processes are counted as well. */
    boolean countsProcesses() {
        try {
            return Files.readString(folder.resolve("cgroup.subtree_control")).contains("pids");
        } catch (IOException e) {
            return false; // the first version has other groups for that
        }
    }

    /** The place of a group that is not there yet. */
    Path fresh() {
        return folder.resolve("yardmaster-" + UUID.randomUUID());
    }
}
