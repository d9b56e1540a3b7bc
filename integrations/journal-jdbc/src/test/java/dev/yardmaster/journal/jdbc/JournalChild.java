package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that appends to a journal and says on its output what is acknowledged, until it is killed or refused; tests
 * start it, some of them where the disk is small or may not be written.
 */
final class JournalChild {

    static final RunId RUN = new RunId("child");

    private JournalChild() {}

    /** @param args the journal's file, and how many bytes an entry is to have */
    public static void main(String[] args) {
        String input = "x".repeat(Integer.parseInt(args[1]));
        try {
            Journal journal = SqliteJournal.builder(Path.of(args[0])).open();
            Lease lease = journal.create(RUN, Entries.admitted()).orElseGet(() -> journal.acquire(RUN));
            say("owner of epoch " + lease.epoch());
            for (int i = 0; ; i++) {
                var appended = lease.append(Entries.step(i, input));
                lease.flush();
                say("acknowledged " + appended.offset());
            }
        } catch (YardmasterException e) {
            say(e.kind() + ": " + e.getMessage());
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Starts it. @param around a command that runs it, such as one that gives it another view of the file system */
    static Process start(Path file, int bytes, String... around) throws IOException {
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                JournalChild.class.getName(),
                file.toString(),
                Integer.toString(bytes));
        List<String> command = new ArrayList<>(List.of(around));
        command.addAll(java.toList());
        return new ProcessBuilder(command)
                .redirectError(Files.createTempFile("journal-child", ".err").toFile())
                .start();
    }

    static long acknowledged(String line) {
        return Long.parseLong(line.substring("acknowledged ".length()));
    }
}
