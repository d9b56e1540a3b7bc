package dev.yardmaster.graph;

import dev.yardmaster.event.NodePath;
import dev.yardmaster.graph.Shape.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Makes the engine's graph of a shape, and its updates of what a behaviour writes. */
final class RandomGraph {

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

    /** What a leaf is and how it is run. @param place its path without iterations and elements */
    interface Leaves {
        Node node(String place);

        NodePolicy policy(String place);

        /** Leaves that somebody else runs. */
        static Leaves none() {
            return new Leaves() {
                @Override
                public Node node(String place) {
                    return ProgressTest.NOTHING;
                }

                @Override
                public NodePolicy policy(String place) {
                    return NodePolicy.once();
                }
            };
        }
    }

    private final Behaviour behaviour;
    private final int maxIterations;
    private final Leaves leaves;
    private final Supplier<String> current;

    /** @param current the path of the execution whose edges are being decided */
    RandomGraph(Behaviour behaviour, int maxIterations, Leaves leaves, Supplier<String> current) {
        this.behaviour = behaviour;
        this.maxIterations = maxIterations;
        this.leaves = leaves;
        this.current = current;
    }

    Graph of(Shape shape) {
        return graph(shape, "");
    }

    static State input() {
        State input = State.empty();
        for (var list : LISTS.entrySet()) {
            input = input.with(list(list.getKey()), list.getValue());
        }
        return input;
    }

    private static Channel<List<String>> list(String name) {
        return Channel.listOf(name, String.class);
    }

    private Graph graph(Shape shape, String around) {
        var builder = Graph.builder("random").maxIterations(maxIterations).start("n0");
        CHANNELS.forEach(builder::channels);
        for (int i = 0; i < shape.parts().size(); i++) {
            String name = Shape.name(i);
            String place = around + name;
            switch (shape.parts().get(i)) {
                case Part.Leaf leaf -> builder.node(name, leaves.node(place), leaves.policy(place));
                case Part.Sub sub -> {
                    if (sub.ownChannels()) {
                        builder.subgraph(name, graph(sub.inner(), place + "/"), MAPPING);
                    } else {
                        builder.node(name, graph(sub.inner(), place + "/"));
                    }
                }
                case Part.Each each -> each(builder, name, place, each);
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
        return builder.build();
    }

    private void each(GraphBuilder builder, String name, String place, Part.Each each) {
        if (each.body() == null) {
            var node = leaves.node(place);
            builder.forEach(name, list(each.list()), ITEM, node, RES, RESULTS, each.limit(), leaves.policy(place));
        } else {
            var body = graph(each.body(), place + "/");
            builder.forEach(name, list(each.list()), ITEM, body, RES, RESULTS, each.limit());
        }
    }

    private boolean isTaken(Shape shape, Shape.Arrow arrow) {
        String path = current.get();
        var name = NAME.matcher(path);
        if (!name.matches()) {
            throw new IllegalStateException("'" + path + "' has no edges");
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
        String level = path.substring(0, path.lastIndexOf('/') + 1);
        return behaviour.taken(shape, arrow, level, path, numbers);
    }

    /** What an execution writes that has come this far. @param how see {@link Behaviour.Seen} */
    @SuppressWarnings("unchecked") // the behaviour writes lists, numbers and texts to channels of these types
    Update update(NodePath at, State input, List<String> from, String how) {
        Update update = Update.none();
        String path = at.value();
        boolean result = WRITES_RESULT.matcher(path).matches();
        for (Behaviour.Written written : behaviour.writes(new Behaviour.Seen(path, values(input), from, how), result)) {
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
}
