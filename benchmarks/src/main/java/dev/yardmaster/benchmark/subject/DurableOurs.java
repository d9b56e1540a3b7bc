package dev.yardmaster.benchmark.subject;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.jdbc.SqliteJournal;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Yardmaster on a SQLite file as it is by default: synced to the disk before each step that changes something. */
final class DurableOurs implements Durable {

    private static final RunId INTERRUPTED = new RunId("interrupted");
    private static final Channel<String> TEXT = Channel.of("text", String.class);
    private static final Channel<List<String>> NOTES =
            Channel.listOf("notes", String.class).withReducer(Reducer.append());

    private final Effect effect;
    private final Orchestrator orchestrator;

    /** @param effect of the steps: what only reads is written behind, and synced with what comes after it */
    DurableOurs(Path folder, Effect effect) {
        this.effect = effect;
        this.orchestrator = Orchestrator.builder()
                .journal(SqliteJournal.builder(folder.resolve("runs.db")).open())
                .build();
    }

    @Override
    public Work run(int steps, int characters) {
        return work(chain(steps, note()), State.of(TEXT, Durable.text(characters)));
    }

    private static Graph chain(int steps, Node last) {
        var builder = Graph.builder("durable").channels(TEXT, NOTES).maxExecutions(steps + 10);
        Node note = new Noting(Effect.ONCE);
        for (int i = 0; i < steps; i++) {
            builder.node("n" + i, i == steps - 1 ? last : note);
            if (i > 0) {
                builder.edge("n" + (i - 1), "n" + i);
            }
        }
        return builder.start("n0").build();
    }

    private Node note() {
        return new Noting(effect);
    }

    /** One step, and what came of it added to the state. */
    private record Noting(Effect effect) implements Node {

        @Override
        public Update run(State state, dev.yardmaster.graph.NodeContext context) throws Exception {
            return Update.of(NOTES, List.of(context.step("note", String.class, "what to note", effect, () -> NOTE)));
        }
    }

    @Override
    public Work effects(int steps, Timed timed) {
        Graph graph = Graph.builder("effects")
                .node("work", (state, context) -> {
                    for (int i = 0; i < steps; i++) {
                        long began = System.nanoTime();
                        context.step("step" + i, String.class, NOTE, Effect.ONCE, () -> NOTE);
                        timed.took(System.nanoTime() - began);
                    }
                    return Update.none();
                })
                .start("work")
                .build();
        return work(graph, State.empty());
    }

    @Override
    public Work replies(int replies, int characters) {
        Graph graph = Graph.builder("replies")
                .node("talk", (state, context) -> {
                    for (int i = 0; i < replies; i++) {
                        String reply = Durable.text(characters + i).substring(i);
                        context.step("turn/" + i + "/model", String.class, i, Effect.READ_ONLY, () -> reply);
                    }
                    return Update.none();
                })
                .start("talk")
                .build();
        return work(graph, State.empty());
    }

    private Work work(Graph graph, State input) {
        return () -> completed(orchestrator.start(graph, input));
    }

    private static State completed(Run run) throws InterruptedException {
        Outcome outcome = run.await();
        if (outcome instanceof Outcome.Completed completed) {
            return completed.state();
        }
        throw new IllegalStateException("the run ended " + outcome.view().status() + ": "
                + outcome.view().failures());
    }

    @Override
    public void begin(int steps) throws InterruptedException {
        var there = new CountDownLatch(1);
        Graph graph = chain(steps, (state, context) -> {
            there.countDown();
            new CountDownLatch(1).await();
            return Update.none();
        });
        State input = State.of(TEXT, Durable.text(1024));
        orchestrator.start(graph, input, RunOptions.defaults().withId(INTERRUPTED));
        there.await();
        close();
    }

    @Override
    public void resume(int steps) throws InterruptedException {
        State end = completed(orchestrator.resume(INTERRUPTED, chain(steps, note())));
        if (end.get(NOTES).size() != steps) {
            throw new IllegalStateException("there are " + end.get(NOTES).size() + " notes");
        }
    }

    @Override
    public void close() {
        orchestrator.close();
    }
}
