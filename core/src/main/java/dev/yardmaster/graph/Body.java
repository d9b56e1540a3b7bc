package dev.yardmaster.graph;

import dev.yardmaster.event.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands under a node's name: a node, a graph, or a node that is run for each element of a list. */
sealed interface Body {

    /** What is run, once or for each element. */
    Node inner();

    /** How it is run, each child by itself. */
    default NodePolicy policy() {
        return NodePolicy.once();
    }

    /** The channels of the surrounding graph that it writes, where they are known beforehand. */
    List<Channel<?>> writes();

    /** What a fingerprint of the graph says about it. */
    String signature();

    /** A node that is run as it is. */
    record Leaf(Node inner, NodePolicy policy) implements Body {
        @Override
        public List<Channel<?>> writes() {
            return inner.writes();
        }

        @Override
        public String signature() {
            return "node";
        }
    }

    /** Something that is over when all its children are. */
    sealed interface Composed extends Body {

        /** How many children it has. @throws MissingValueException when that cannot be read from the input */
        int count(State input);

        /** How many children may go on at once. */
        int limit();

        NodePath child(NodePath path, int index);

        /** What a child starts from. */
        State entry(State input, NodePath path, int index);

        /** What is missing in the state that a child ended with; empty when it is as it has to be. */
        Optional<String> objection(State child);

        /** What all children together come to. @throws StateConflictException when they exclude each other */
        State outcome(State input, NodePath path, List<State> children);
    }

    /** One graph, which is over when its paths are. */
    sealed interface Single extends Composed {
        @Override
        default int count(State input) {
            return 1;
        }

        @Override
        default int limit() {
            return 1;
        }

        @Override
        default NodePath child(NodePath path, int index) {
            return path;
        }

        @Override
        default State entry(State input, NodePath path, int index) {
            return input;
        }

        @Override
        default Optional<String> objection(State child) {
            return Optional.empty();
        }

        @Override
        default State outcome(State input, NodePath path, List<State> children) {
            return children.getFirst();
        }
    }

    /** A graph; on the channels of the surrounding one unless there is a mapping. */
    record Subgraph(Graph inner, Optional<ChannelMapping> mapping) implements Single {
        @Override
        public State entry(State input, NodePath path, int index) {
            return mapping.map(own -> own.enter(input)).orElse(input);
        }

        @Override
        public State outcome(State input, NodePath path, List<State> children) {
            State result = children.getFirst();
            return mapping.map(own -> input.after(own.leave(result), path.value()))
                    .orElse(result);
        }

        @Override
        public List<Channel<?>> writes() {
            return mapping.map(ChannelMapping::writes).orElseGet(inner::writes);
        }

        @Override
        public String signature() {
            return "graph " + inner.fingerprint()
                    + mapping.map(own -> " " + own.signature()).orElse("");
        }
    }

    /** A graph that is made when its turn comes, on the channels of the surrounding one. */
    record Dynamic(DynamicGraph inner) implements Single {
        @Override
        public List<Channel<?>> writes() {
            return List.of();
        }

        @Override
        public String signature() {
            return "dynamic";
        }
    }

    /** Children that differ in their element alone; {@code item} and {@code result} are theirs and not seen outside. */
    record ForEach<E, R>(
            Channel<List<E>> elements,
            Channel<E> item,
            Node inner,
            Channel<R> result,
            Channel<List<R>> results,
            int limit,
            NodePolicy policy)
            implements Composed {
        @Override
        public int count(State input) {
            return input.get(elements).size();
        }

        @Override
        public NodePath child(NodePath path, int index) {
            return NodePath.of(path.value() + "[" + index + "]");
        }

        @Override
        public State entry(State input, NodePath path, int index) {
            E element = input.get(elements).get(index);
            return input.local(item, element, child(path, index).value()).without(result);
        }

        @Override
        public Optional<String> objection(State child) {
            return child.find(result).isPresent()
                    ? Optional.empty()
                    : Optional.of("wrote nothing to " + result + ", from which its result is taken; let every path"
                            + " through it write that channel, or give the channel an initial value");
        }

        @Override
        public State outcome(State input, NodePath path, List<State> children) {
            var values = new ArrayList<R>(children.size());
            var states = new ArrayList<State>(children.size());
            for (State child : children) {
                values.add(child.get(result));
                states.add(child.restored(input, item, result));
            }
            State merged = states.isEmpty() ? input : State.merge(states).collapsed(input, "forEach " + path);
            return merged.after(Update.of(results, List.copyOf(values)), path.value());
        }

        @Override
        public List<Channel<?>> writes() {
            var writes = new ArrayList<Channel<?>>(List.of(results));
            for (Channel<?> each : inner.writes()) {
                if (!isLocal(each.name()) && !each.name().equals(results.name())) {
                    writes.add(each);
                }
            }
            return writes;
        }

        boolean isLocal(String channel) {
            return channel.equals(item.name()) || channel.equals(result.name());
        }

        @Override
        public String signature() {
            return "forEach " + elements.name() + " " + item.name() + " " + result.name() + " " + results.name()
                    + (inner instanceof Graph graph ? " " + graph.fingerprint() : "");
        }
    }
}
