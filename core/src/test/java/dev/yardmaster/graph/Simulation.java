package dev.yardmaster.graph;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.graph.Shape.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Drives the engine through a random graph, in a random order of completions or in virtual time. */
final class Simulation {

    static final Map<String, List<String>> LISTS =
            Map.of("none", List.of(), "one", List.of("p"), "three", List.of("p", "q", "r"));

    private static final Pattern NAME = Pattern.compile("(?:.*/)?n(\\d+)(?:#([\\d.]+))?");
    private static final Pattern WRITES_RESULT = Pattern.compile(".*\\](/n0(#[\\d.]+)?)?");

    private static final Channel<List<String>> A =
            Channel.listOf("a", String.class).withReducer(Reducer.append());
    private static final Channel<Long> S = Channel.of("s", Long.class).withReducer(Reducer.sum());
    private static final Channel<String> W = Channel.of("w", String.class);
    private static final Channel<List<String>> R =
            Channel.listOf("r", String.class).withReducer(Reducer.append());
    private static final Channel<String> ITEM = Channel.of("item", String.class);
    private static final Channel<String> RES = Channel.of("res", String.class);
    private static final Channel<List<String>> RESULTS =
            Channel.listOf("results", String.class).withReducer(Reducer.append());
    private static final List<Channel<?>> CHANNELS =
            List.of(A, S, W, R, ITEM, RES, RESULTS, list("none"), list("one"), list("three"));
    private static final ChannelMapping MAPPING = ChannelMapping.none()
            .in(list("none"), list("none"))
            .in(list("one"), list("one"))
            .in(list("three"), list("three"))
            .in(S, S)
            .out(A, A);

    private final Behaviour behaviour;
    private final Map<Graph, Shape> shapes = new IdentityHashMap<>();
    private final Graph graph;
    private String current = "";

    /** What a run came to. @param started when each execution began; all at 0 in a random order */
    record Seen(Map<String, Long> started, TreeSet<String> failed, String state) {}

    Simulation(Shape shape, Behaviour behaviour, int maxIterations) {
        this.behaviour = behaviour;
        this.graph = graph(shape, maxIterations);
    }

    private static Channel<List<String>> list(String name) {
        return Channel.listOf(name, String.class);
    }

    private Graph graph(Shape shape, int maxIterations) {
        var builder = Graph.builder("random").maxIterations(maxIterations).start("n0");
        CHANNELS.forEach(builder::channels);
        for (int i = 0; i < shape.parts().size(); i++) {
            String name = Shape.name(i);
            switch (shape.parts().get(i)) {
                case Part.Leaf leaf -> builder.node(name, ProgressTest.NOTHING);
                case Part.Sub sub -> {
                    if (sub.ownChannels()) {
                        builder.subgraph(name, graph(sub.inner(), maxIterations), MAPPING);
                    } else {
                        builder.node(name, made(i, graph(sub.inner(), maxIterations)));
                    }
                }
                case Part.Each each -> {
                    Node body = each.body() == null ? ProgressTest.NOTHING : made(i, graph(each.body(), maxIterations));
                    builder.forEach(name, list(each.list()), ITEM, body, RES, RESULTS, each.limit());
                }
            }
        }
        for (Shape.Arrow arrow : shape.arrows()) {
            String from = Shape.name(arrow.from());
            String to = Shape.name(arrow.to());
            switch (arrow.kind()) {
                case PLAIN -> builder.edge(from, to);
                case WHEN -> builder.edge(from, to, state -> isTaken(shape, arrow));
                case CHOICE -> builder.chooseAll(from, state -> isTaken(shape, arrow) ? List.of(to) : List.of(), to);
            }
        }
        Graph built = builder.build();
        shapes.put(built, shape);
        return built;
    }

    /** Every other graph is made when its turn comes, which makes no difference. */
    private static Node made(int position, Graph graph) {
        return position % 2 == 0 ? graph : Graph.dynamic(state -> graph);
    }

    private boolean isTaken(Shape shape, Shape.Arrow arrow) {
        var name = NAME.matcher(current);
        if (!name.matches()) {
            throw new IllegalStateException("'" + current + "' has no edges");
        }
        var heads = shape.loops().reversed().stream()
                .filter(loop -> loop.body().contains(arrow.from()))
                .map(Shape.Loop::head)
                .toList();
        String[] suffix = name.group(2) == null ? new String[0] : name.group(2).split("\\.");
        var numbers = new HashMap<Integer, Integer>();
        for (int i = 0; i < heads.size(); i++) {
            numbers.put(heads.get(i), suffix.length == 0 ? 1 : Integer.parseInt(suffix[i]));
        }
        String level = current.substring(0, current.lastIndexOf('/') + 1);
        return behaviour.taken(shape, arrow, level, current, numbers);
    }

    private Progress begin() {
        State input = State.empty();
        for (var list : LISTS.entrySet()) {
            input = input.with(list(list.getKey()), list.getValue());
        }
        return Progress.first(graph, input);
    }

    Seen inRandomOrder(long seed) {
        var random = new SplittableRandom(seed);
        var progress = begin();
        var started = new TreeMap<String, Long>();
        var running = new ArrayList<>(progress.ready());
        while (!running.isEmpty()) {
            Execution next = running.remove(random.nextInt(running.size()));
            start(started, next, 0);
            finish(progress, next);
            running.addAll(progress.ready());
        }
        return seen(progress, started);
    }

    /** Each node takes its time, and any number of them run at once. */
    Seen inVirtualTime() {
        record Running(Execution execution, long end, int order) {}
        var running = new PriorityQueue<Running>(
                Comparator.comparingLong(Running::end).thenComparingInt(Running::order));
        var progress = begin();
        var started = new TreeMap<String, Long>();
        long now = 0;
        int order = 0;
        var ready = progress.ready();
        while (!ready.isEmpty() || !running.isEmpty()) {
            for (Execution execution : ready) {
                start(started, execution, now);
                long takes = execution.body().isEmpty()
                        ? 0
                        : behaviour.duration(execution.path().value());
                running.add(new Running(execution, now + takes, order++));
            }
            Running first = running.remove();
            now = first.end();
            finish(progress, first.execution());
            ready = progress.ready();
        }
        return seen(progress, started);
    }

    private static void start(Map<String, Long> started, Execution execution, long now) {
        if (started.put(execution.path().value(), now) != null) {
            throw new AssertionError("'" + execution.path() + "' ran twice");
        }
    }

    private void finish(Progress progress, Execution execution) {
        String path = execution.path().value();
        if (execution.body().isPresent() && behaviour.fails(path)) {
            progress.fail(execution, Failure.of("test", "on purpose", execution.path()));
            return;
        }
        Update update = execution.body().isPresent() ? update(path, execution.input()) : Update.none();
        List<String> taken;
        try {
            current = path;
            taken = execution.choose(update);
        } catch (InvalidChoiceException e) {
            progress.fail(execution, Failure.of("test", "contradiction", execution.path()));
            return;
        }
        progress.complete(execution, update, taken);
    }

    @SuppressWarnings("unchecked") // the behaviour writes lists, numbers and texts to channels of these types
    private Update update(String path, State input) {
        Update update = Update.none();
        boolean result = WRITES_RESULT.matcher(path).matches();
        for (Behaviour.Written written : behaviour.writes(path, values(input), result)) {
            update = switch (written.channel()) {
                case "a" -> update.and(A, (List<String>) written.value());
                case "s" -> update.and(S, (Long) written.value());
                case "w" -> update.and(W, (String) written.value());
                case "res" -> update.and(RES, (String) written.value());
                case "r" ->
                    written.replaces()
                            ? update.andReplace(R, (List<String>) written.value())
                            : update.and(R, (List<String>) written.value());
                default -> throw new IllegalStateException("no channel '" + written.channel() + "'");
            };
        }
        return update;
    }

    private static Map<String, Object> values(State state) {
        var values = new TreeMap<String, Object>();
        for (Channel<?> channel : CHANNELS) {
            state.find(channel)
                    .ifPresent(value ->
                            values.put(channel.name(), value instanceof List<?> list ? List.copyOf(list) : value));
        }
        return values;
    }

    private static Seen seen(Progress progress, Map<String, Long> started) {
        if (!progress.isOver()) {
            throw new AssertionError("nothing runs and the run is not over; it ran " + started.keySet());
        }
        var failed = new TreeSet<String>();
        progress.failures().stream().map(Failure::at).map(NodePath::value).forEach(failed::add);
        String state =
                progress.result().map(result -> Json.of(result.json()).text()).orElse("failed");
        return new Seen(started, failed, state);
    }
}
