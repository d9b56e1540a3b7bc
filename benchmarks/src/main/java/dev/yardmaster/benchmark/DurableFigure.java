package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import dev.yardmaster.benchmark.subject.Durable;
import dev.yardmaster.benchmark.subject.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;

/** A process that measures one thing about durable runs that is no mean time, and prints it in one line. */
public final class DurableFigure {

    private DurableFigure() {}

    /** @param args a {@link Contender}; what to measure; what that needs to know */
    public static void main(String[] args) throws Exception {
        long up = System.nanoTime();
        Contender contender = Contender.valueOf(args[0]);
        if (args[1].equals("resume")) { // in the folder that another process left
            contender.durable(Path.of(args[3])).resume(Integer.parseInt(args[2]));
            System.out.println((System.nanoTime() - up) / 1e6);
            Runtime.getRuntime().halt(0);
        }
        try (Folder folder = args[1].equals("begin") ? new Folder(Path.of(args[3])) : Folder.make();
                Durable durable = contender.durable(folder.path())) {
            System.out.println(
                    switch (args[1]) {
                        case "begin" -> {
                            durable.begin(Integer.parseInt(args[2]));
                            System.out.println("begun");
                            Runtime.getRuntime().halt(0);
                            yield "";
                        }
                        case "latency" -> latency(durable, Integer.parseInt(args[2]));
                        case "throughput" -> throughput(durable, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
                        case "written" -> written(durable, folder);
                        case "stored" -> stored(durable, folder);
                        case "growth" -> growth(durable);
                        default -> throw new IllegalArgumentException(args[1]);
                    });
        }
        System.exit(0);
    }

    /** Percentiles 50 and 99 of a step, in microseconds. */
    private static String latency(Durable durable, int steps) throws Exception {
        durable.effects(steps, nanos -> {}).run();
        var all = new ArrayList<Long>(steps);
        durable.effects(steps, all::add).run();
        all.sort(null);
        return all.get(all.size() / 2) / 1e3 + " " + all.get(all.size() * 99 / 100) / 1e3;
    }

    /** Steps a second of runs at once; the best of three times, as the first ones warm up. */
    private static double throughput(Durable durable, int runs, int steps) throws Exception {
        Work work = durable.effects(steps, nanos -> {});
        double best = 0;
        for (int i = 0; i < 4; i++) {
            long began = System.nanoTime();
            var started = new ArrayList<Work.Started>();
            for (int run = 0; run < runs; run++) {
                started.add(work.start());
            }
            for (Work.Started each : started) {
                each.await();
            }
            best = Math.max(best, runs * (double) steps / ((System.nanoTime() - began) / 1e9));
        }
        return best;
    }

    /** Bytes handed to the operating system, and bytes in files afterwards, for 100 steps with 1 MB of state. */
    private static String written(Durable durable, Folder folder) throws Exception {
        Work work = durable.run(100, 1 << 20);
        long before = handedOver();
        work.run();
        durable.close();
        return handedOver() - before + " " + folder.size();
    }

    private static long handedOver() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .filter(line -> line.startsWith("wchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
                .findFirst()
                .orElseThrow();
    }

    /** Bytes in files after 200 replies of 8 KB. */
    private static long stored(Durable durable, Folder folder) throws Exception {
        durable.replies(200, 8 << 10).run();
        durable.close();
        return folder.size();
    }

    /** A step of a run of 10,000 over one of a run of 100. */
    private static double growth(Durable durable) throws Exception {
        Work brief = durable.run(100, 1024);
        Work lengthy = durable.run(10_000, 1024);
        lengthy.run();
        double[] hundreds = new double[20];
        for (int i = 0; i < hundreds.length; i++) {
            hundreds[i] = nanos(brief);
        }
        Arrays.sort(hundreds);
        return nanos(lengthy) / 100 / hundreds[hundreds.length / 2];
    }

    private static double nanos(Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        return System.nanoTime() - began;
    }
}
