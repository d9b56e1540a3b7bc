package dev.yardmaster.graph;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Behaviour.Handling;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** One process that runs a random graph for real: on threads, with retries, questions and a journal. */
final class RandomRun {

    static final RunId ID = new RunId("random");
    private static final Question WELL = Question.of("well?", "yes", "no");

    private final Behaviour behaviour;
    private final RandomGraph random;
    final Graph graph;

    private final Map<Thread, String> current = new ConcurrentHashMap<>();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    /** The paths whose nodes were begun here, and the paths whose steps were. */
    final Queue<String> begun = new ConcurrentLinkedQueue<>();

    final Queue<String> stepped = new ConcurrentLinkedQueue<>();

    RandomRun(Shape shape, Behaviour behaviour, int maxIterations) {
        this.behaviour = behaviour;
        this.random =
                new RandomGraph(behaviour, maxIterations, new Leaves(), () -> current.get(Thread.currentThread()));
        this.graph = random.of(shape);
    }

    private final class Leaves implements RandomGraph.Leaves {

        @Override
        public Node node(String place) {
            return RandomRun.this::work;
        }

        @Override
        public NodePolicy policy(String place) {
            Node instead = (state, context) -> ending(state, context, Behaviour.INSTEAD);
            return switch (behaviour.handling(place)) {
                case ONCE -> NodePolicy.once();
                case RETRIED -> NodePolicy.retry(2).backoff(Duration.ZERO, Duration.ZERO);
                case REPLACED -> NodePolicy.once().orElse(instead);
                case TIMED -> NodePolicy.timeout(Duration.ofMillis(1)).orElse(instead);
            };
        }
    }

    private Update work(State state, NodeContext context) throws Exception {
        String path = context.path().value();
        begun.add(path);
        if (behaviour.steps(path)) {
            context.scope("at").step("work", String.class, path, Effect.READ_ONLY, () -> {
                stepped.add(path);
                return path;
            });
        }
        if (behaviour.sleeps(path)) {
            context.sleep(Duration.ZERO);
        }
        String how = behaviour.asks(path) ? context.ask(WELL).choice() : "";
        if (behaviour.handling(path) == Handling.TIMED) {
            new CountDownLatch(1).await();
        }
        if (attempts.merge(path, 1, Integer::sum) <= behaviour.mishaps(path)) {
            throw new IllegalStateException("not yet");
        }
        return ending(state, context, how);
    }

    private Update ending(State state, NodeContext context, String how) {
        String path = context.path().value();
        current.put(Thread.currentThread(), path);
        if (behaviour.fails(path)) {
            throw new IllegalStateException("on purpose");
        }
        return random.update(context.path(), state, context.arrivedFrom(), how);
    }

    /** Starts it and answers what it asks, one by one in a random order. */
    Outcome start(SplittableRandom order, RunOptions options) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            Run run = orchestrator.start(graph, RandomGraph.input(), options.withId(ID));
            return answered(orchestrator, run, order);
        }
    }

    /** The same, and cancels it as soon as an entry is recorded. */
    Outcome cancelledAt(long offset, SplittableRandom order) throws InterruptedException {
        var cancelling = new Orchestrator[1];
        try (var orchestrator = Orchestrator.builder()
                .listener(event -> {
                    if (event instanceof RunEvent.Recorded recorded && recorded.offset() == offset) {
                        cancelling[0].cancel(ID, "enough");
                    }
                })
                .build()) {
            cancelling[0] = orchestrator;
            Run run = orchestrator.start(
                    graph, RandomGraph.input(), RunOptions.defaults().withId(ID));
            return answered(orchestrator, run, order);
        }
    }

    /** Goes on from what another process has recorded that is dead by now. */
    Outcome resume(List<Entry> recorded, SplittableRandom order) throws InterruptedException {
        var store = new MemoryJournal();
        store.create(ID, recorded);
        store.lapse();
        try (var orchestrator = Orchestrator.builder().journal(store.another()).build()) {
            return answered(orchestrator, orchestrator.resume(ID, graph), order);
        }
    }

    private Outcome answered(Orchestrator orchestrator, Run run, SplittableRandom order) throws InterruptedException {
        Outcome outcome = run.await();
        while (outcome instanceof Outcome.Suspended suspended) {
            var open = new ArrayList<>(suspended.view().questions().keySet());
            checkNothingRuns(suspended.view(), open);
            String question = open.get(order.nextInt(open.size()));
            String path = question.substring(0, question.lastIndexOf(':'));
            orchestrator.answer(ID, new Answer(question, behaviour.answer(path), "", "test"));
            outcome = run.await();
        }
        return outcome;
    }

    private static void checkNothingRuns(RunView view, List<String> open) {
        var running = view.nodes().stream()
                .filter(node -> node.status() == RunView.NodeStatus.RUNNING)
                .map(node -> node.path().value())
                .sorted()
                .toList();
        var asking = open.stream()
                .map(id -> id.substring(0, id.lastIndexOf(':')))
                .sorted()
                .toList();
        if (open.isEmpty() || !running.equals(asking)) {
            throw new AssertionError("suspended while " + running + " run and " + asking + " ask");
        }
    }

    static List<Entry> entries(Outcome outcome) {
        return outcome.view().entries().stream().map(RunEvent.Recorded::entry).collect(Collectors.toList());
    }
}
