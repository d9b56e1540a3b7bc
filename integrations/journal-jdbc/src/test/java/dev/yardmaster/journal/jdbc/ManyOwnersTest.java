package dev.yardmaster.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunOwnedException;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many want to go on with a run at once, in one process and in several: each run gets one owner. */
@Timeout(120)
class ManyOwnersTest {

    private static final int RUNS = 125;
    private static final int PROCESSES = 4;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("runs.db");
    }

    private static RunId run(int number) {
        return new RunId("run-" + number);
    }

    @Test
    void of_five_hundred_resumes_in_four_processes_each_run_has_one() throws Exception {
        try (Journal journal = SqliteJournal.builder(file()).open()) {
            for (int i = 0; i < RUNS; i++) {
                journal.create(run(i), Entries.admitted()).orElseThrow().close();
            }
        }
        var children = new ArrayList<Process>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                children.add(start(i));
            }
            var outputs = children.stream()
                    .map(child -> child.inputReader(StandardCharsets.UTF_8))
                    .toList();
            for (BufferedReader output : outputs) {
                assertThat(output.readLine()).isEqualTo("ready");
            }
            for (Process child : children) {
                say(child, "go");
            }
            var owned = new ArrayList<String>();
            for (BufferedReader output : outputs) {
                for (String line = output.readLine(); !line.equals("end"); line = output.readLine()) {
                    owned.add(line);
                }
            }
            assertThat(owned)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, RUNS)
                            .mapToObj(i -> run(i) + " epoch 2")
                            .toList());
        } finally {
            for (Process child : children) {
                child.getOutputStream().close();
                assertThat(child.waitFor()).isZero();
            }
        }
    }

    private static void say(Process child, String line) throws IOException {
        child.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        child.getOutputStream().flush();
    }

    private Process start(int seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        file().toString(),
                        Integer.toString(seed))
                .redirectError(Files.createTempFile(folder, "taker", ".err").toFile())
                .start();
    }

    /** A process that takes all the runs it can get, and keeps them. */
    static final class Taker {

        private Taker() {}

        public static void main(String[] args) throws IOException {
            var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var runs = new ArrayList<>(IntStream.range(0, RUNS).boxed().toList());
            Collections.shuffle(runs, new Random(Integer.parseInt(args[1]) / 2)); // two by two in the same order
            try (Journal journal =
                    SqliteJournal.builder(Path.of(args[0])).mustExist().open()) {
                System.out.println("ready");
                input.readLine();
                for (int number : runs) {
                    try {
                        System.out.println(run(number) + " epoch "
                                + journal.acquire(run(number)).epoch());
                    } catch (RunOwnedException e) {
                        continue; // somebody else was first
                    }
                }
                System.out.println("end");
                input.readLine();
            }
        }
    }

    @Test
    void of_five_hundred_resumes_of_one_run_one_goes_on_and_the_answer_is_taken_once() throws Exception {
        var graph = Graph.builder("asks")
                .node("ask", (state, context) -> {
                    context.ask(Question.of("Shall it?", "yes", "no"));
                    return Update.none();
                })
                .start("ask")
                .build();
        try (var first = orchestrator()) {
            assertThat(first.start(graph, State.empty(), RunOptions.defaults().withId(run(1)))
                            .await())
                    .isInstanceOf(Outcome.Suspended.class);
        }
        var orchestrators = new ArrayList<Orchestrator>();
        try {
            for (int i = 0; i < 10; i++) {
                orchestrators.add(orchestrator());
            }
            List<Orchestrator> owners = resumed(orchestrators, graph);
            assertThat(owners).isNotEmpty().containsOnly(owners.getFirst()); // who comes later there finds it going on
            RunView view = owners.getFirst().find(run(1)).orElseThrow().view();
            assertThat(view.facts(Fact.RunResumed.class)).hasSize(1);
            assertThat(view.facts(Fact.QuestionAsked.class)).hasSize(1);
        } finally {
            orchestrators.forEach(Orchestrator::close);
        }
    }

    private Orchestrator orchestrator() {
        return Orchestrator.builder()
                .journal(SqliteJournal.builder(file()).open())
                .build();
    }

    /** Those that got the run; each wants it fifty times. */
    private static List<Orchestrator> resumed(List<Orchestrator> orchestrators, Graph graph) throws Exception {
        var begin = new CountDownLatch(1);
        var owners = Collections.synchronizedList(new ArrayList<Orchestrator>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 500; i++) {
                Orchestrator each = orchestrators.get(i % orchestrators.size());
                all.add(threads.submit(() -> {
                    begin.await();
                    try {
                        each.resume(run(1), graph);
                        owners.add(each);
                    } catch (RunOwnedException e) {
                        return false;
                    }
                    return true;
                }));
            }
            begin.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        }
        return owners;
    }
}
