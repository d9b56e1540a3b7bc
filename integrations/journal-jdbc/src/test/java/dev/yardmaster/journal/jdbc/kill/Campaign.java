package dev.yardmaster.journal.jdbc.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Many runs of the workflow, some at once, all of them killed; what is left of those that went well is removed. */
final class Campaign implements AutoCloseable {

    private final Path folder;
    private final int atOnce;
    private final Children children;
    private final Trial.Result whole;

    private Campaign(Path folder, int atOnce, Children children, Trial.Result whole) {
        this.folder = folder;
        this.atOnce = atOnce;
        this.children = children;
        this.whole = whole;
    }

    /**
     * Runs the workflow once without killing it, which shows what it is to come to.
     *
     * @param folder for the runs and what the processes need
     */
    static Campaign in(Path folder, int atOnce) throws IOException, InterruptedException {
        delete(folder.resolve("whole"));
        var children = Children.in(folder.resolve("processes"));
        Trial.Result whole = Trial.run(Plan.whole(), children, folder.resolve("whole"), "");
        if (!whole.troubles().isEmpty()) {
            throw new AssertionError("the run that nobody killed went wrong: " + whole.troubles());
        }
        children.close(); // writes the archive that makes the others start sooner
        return new Campaign(folder, atOnce, children, whole);
    }

    /** How many sync points a run has. */
    int syncs() {
        return whole.syncs();
    }

    String state() {
        return whole.state();
    }

    int processes() {
        return children.started();
    }

    Trial.Result run(Plan plan) throws IOException, InterruptedException {
        String name = plan.name().replaceAll("[^a-z0-9+-]", "-");
        Path own = folder.resolve(name.length() > 100 ? name.substring(0, 100) : name);
        delete(own);
        Trial.Result result = Trial.run(plan, children, own, whole.state());
        if (result.troubles().isEmpty()) {
            delete(own);
        }
        return result;
    }

    /** @param wanted how many kills are enough */
    List<Trial.Result> run(Iterable<Plan> plans, int wanted) throws InterruptedException {
        var results = Collections.synchronizedList(new ArrayList<Trial.Result>());
        var kills = new AtomicInteger();
        var left = plans.iterator();
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            var working = new ArrayList<Future<?>>();
            for (int i = 0; i < atOnce; i++) {
                working.add(threads.submit(() -> {
                    while (kills.get() < wanted) {
                        Plan plan;
                        synchronized (left) {
                            if (!left.hasNext()) {
                                return null;
                            }
                            plan = left.next();
                        }
                        Trial.Result result = run(plan);
                        kills.addAndGet(result.tally().kills());
                        results.add(result);
                    }
                    return null;
                }));
            }
            for (Future<?> each : working) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
        return results;
    }

    static Tally sum(List<Trial.Result> results) {
        return results.stream().map(Trial.Result::tally).reduce(Tally.none(), Tally::plus);
    }

    private static void delete(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        children.close();
    }
}
