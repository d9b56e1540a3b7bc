package dev.yardmaster.workflow;

import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Reducer;
import java.util.List;

/** A channel of a workflow and what its file says of it. Records are held as JSON. */
record WorkflowChannel(Channel<?> channel, ValueType type) {

    /** @param reducer one of those of the kind, or empty for none */
    static WorkflowChannel of(String name, ValueType type, String reducer) {
        return new WorkflowChannel(
                switch (type.kind()) {
                    case TEXT -> reduced(Channel.of(name, String.class), reducer);
                    case FLAG -> reduced(Channel.of(name, Boolean.class), reducer);
                    case RECORD -> reduced(Channel.of(name, Json.class), reducer);
                    case NUMBER -> number(Channel.of(name, Double.class), reducer);
                    case TEXTS -> list(Channel.listOf(name, String.class), reducer);
                    case RECORDS -> list(Channel.listOf(name, Json.class), reducer);
                },
                type);
    }

    private static Channel<Double> number(Channel<Double> channel, String reducer) {
        return switch (reducer) {
            case "sum" -> channel.withReducer(Reducer.sum());
            case "max" -> channel.withReducer(Reducer.max());
            default -> reduced(channel, reducer);
        };
    }

    private static <E> Channel<List<E>> list(Channel<List<E>> channel, String reducer) {
        return reducer.equals("append") ? channel.withReducer(Reducer.append()) : reduced(channel, reducer);
    }

    private static <T> Channel<T> reduced(Channel<T> channel, String reducer) {
        return reducer.equals("last") ? channel.withReducer(Reducer.last()) : channel;
    }

    String name() {
        return channel.name();
    }
}
