package dev.yardmaster.workflow;

import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Reducer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a channel of a workflow may hold. */
enum ChannelKind {
    TEXT(List.of("last")),
    NUMBER(List.of("last", "sum", "max")),
    FLAG(List.of("last")),
    TEXTS(List.of("last", "append"));

    private final List<String> reducers;

    ChannelKind(List<String> reducers) {
        this.reducers = reducers;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> reducers() {
        return reducers;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(ChannelKind::word).toList();
    }

    static Optional<ChannelKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static ChannelKind of(Channel<?> channel) {
        if (channel.type() == String.class) {
            return TEXT;
        }
        return channel.type() == Double.class ? NUMBER : channel.type() == Boolean.class ? FLAG : TEXTS;
    }

    /** @param reducer one of {@link #reducers}, or empty for none */
    Channel<?> channel(String name, String reducer) {
        return switch (this) {
            case TEXT -> reduced(Channel.of(name, String.class), reducer);
            case FLAG -> reduced(Channel.of(name, Boolean.class), reducer);
            case NUMBER -> {
                Channel<Double> number = Channel.of(name, Double.class);
                yield switch (reducer) {
                    case "sum" -> number.withReducer(Reducer.sum());
                    case "max" -> number.withReducer(Reducer.max());
                    default -> reduced(number, reducer);
                };
            }
            case TEXTS -> {
                Channel<List<String>> texts = Channel.listOf(name, String.class);
                yield reducer.equals("append") ? texts.withReducer(Reducer.append()) : reduced(texts, reducer);
            }
        };
    }

    private static <T> Channel<T> reduced(Channel<T> channel, String reducer) {
        return reducer.equals("last") ? channel.withReducer(Reducer.last()) : channel;
    }

    /** A value that was typed, for a run's input. @throws IllegalArgumentException when it is none of this kind */
    Object value(String typed) {
        return switch (this) {
            case TEXT -> typed;
            case TEXTS -> typed.strip().startsWith("[") ? listed(typed) : separated(typed);
            case NUMBER -> Double.valueOf(typed);
            case FLAG -> {
                if (!typed.equals("true") && !typed.equals("false")) {
                    throw new IllegalArgumentException("true or false");
                }
                yield Boolean.valueOf(typed);
            }
        };
    }

    private static List<String> separated(String typed) {
        return typed.isBlank()
                ? List.of()
                : Arrays.stream(typed.split(",")).map(String::strip).toList();
    }

    private static List<String> listed(String typed) {
        try {
            return List.of(Json.parse(typed).as(String[].class));
        } catch (InvalidJsonException | NullPointerException e) {
            throw new IllegalArgumentException("a JSON list of texts", e);
        }
    }
}
