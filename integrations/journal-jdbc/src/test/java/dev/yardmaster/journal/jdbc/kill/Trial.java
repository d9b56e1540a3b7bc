package dev.yardmaster.journal.jdbc;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the workflow through all its deaths, and what came of it.
 *
 * @param kills how often its process was killed
 * @param lost effects that the run says happened and that did not
 * @param duplicated effects that happened twice, unnoticed
 * @param wrong 1 when the run did not end, or ended in another state than one that nobody kills
 * @param surfaced effects in doubt, and said to be so
 */
record CrashTrial(int kills, int lost, int duplicated, int wrong, int surfaced) {

    static final String STATE = "[n0, n1, n2, n3, n4]";

    static CrashTrial none() {
        return new CrashTrial(0, 0, 0, 0, 0);
    }

    CrashTrial plus(CrashTrial other) {
        return new CrashTrial(
                kills + other.kills,
                lost + other.lost,
                duplicated + other.duplicated,
                wrong + other.wrong,
                surfaced + other.surfaced);
    }

    /** Runs the workflow; each process but the last, which nobody kills, dies as told. */
    static CrashTrial of(Path folder, String protocol, List<String> deaths) throws Exception {
        Files.createDirectories(folder);
        int kills = 0;
        for (String death : deaths) {
            if (child(folder, protocol, death).exit() != CrashChild.HALTED) {
                break; // it was through before
            }
            kills++;
        }
        Ended last = child(folder, protocol, "never");
        List<String> ledger = CrashWorkflow.lines(folder.resolve("ledger"));
        int lost = 0;
        int duplicated = 0;
        int surfaced = 0;
        for (String line : CrashWorkflow.expected()) {
            long times = ledger.stream().filter(line::equals).count();
            boolean doubt = ledger.contains("DOUBT " + line.substring(line.indexOf(' ') + 1));
            surfaced += doubt ? 1 : 0;
            lost += times == 0 && !doubt ? 1 : 0;
            duplicated += times > 1 && !line.startsWith("IDEMPOTENT") ? 1 : 0;
        }
        boolean right = last.exit() == 0 && last.output().contains(STATE);
        return new CrashTrial(kills, lost, duplicated, right ? 0 : 1, surfaced);
    }

    /** How many sync points a run has that nobody kills. */
    static int syncs(Path folder) throws Exception {
        Files.createDirectories(folder);
        Ended ended = child(folder, "intact", "never");
        return ended.output().stream()
                .filter(line -> line.startsWith("syncs "))
                .map(line -> Integer.parseInt(line.substring(6)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the run did not end: " + ended));
    }

    private record Ended(int exit, List<String> output) {}

    private static Ended child(Path folder, String protocol, String death) throws IOException, InterruptedException {
        File errors = folder.resolve("errors").toFile();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName(),
                folder.toString(),
                protocol,
                death));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors))
                .start();
        try (var output = process.inputReader()) {
            List<String> lines = output.lines().toList();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Ended(process.waitFor(), lines);
        }
    }
}
