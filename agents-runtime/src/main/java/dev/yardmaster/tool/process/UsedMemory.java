package dev.yardmaster.tool.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much memory processes use, as Linux tells it: what is theirs, not the files they read. */
final class UsedMemory {

    private static final Path PROC = Path.of("/proc");
    private static final long KIB = 1_024;

    private UsedMemory() {}

    /** Whether it can be told here. */
    static boolean isTold() {
        return Files.isReadable(PROC.resolve("self/status"));
    }

    /**
     * Whether processes use more than that together. What several share counts once; looking closely takes longer, and is
     * done only where it matters.
     */
    static boolean exceeds(Stream<ProcessHandle> processes, long limit) {
        List<Long> all = processes.map(ProcessHandle::pid).collect(Collectors.toList());
        return all.stream().mapToLong(UsedMemory::roughly).sum() > limit
                && all.stream().mapToLong(UsedMemory::exactly).sum() > limit;
    }

    private static long roughly(long process) {
        return sum(text(process, "status"), "RssAnon:", "RssShmem:");
    }

    private static long exactly(long process) {
        String shares = text(process, "smaps_rollup");
        return shares.contains("Pss_Anon:") ? sum(shares, "Pss_Anon:", "Pss_Shmem:") : roughly(process);
    }

    private static long sum(String text, String... names) {
        return text.lines()
                .filter(line -> Stream.of(names).anyMatch(line::startsWith))
                .map(line -> line.replaceAll("\\D", ""))
                .filter(number -> !number.isEmpty())
                .mapToLong(number -> Long.parseLong(number) * KIB)
                .sum();
    }

    /** Empty for processes that are gone, and where it is somebody else's. */
    private static String text(long process, String file) {
        try (var stream = new FileInputStream(
                PROC.resolve(String.valueOf(process)).resolve(file).toFile())) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
