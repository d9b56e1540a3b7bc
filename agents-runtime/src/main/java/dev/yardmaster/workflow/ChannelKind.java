package dev.yardmaster.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a channel of a workflow, or a field of a record, may hold. */
enum ChannelKind {
    TEXT(List.of("last")),
    NUMBER(List.of("last", "sum", "max")),
    FLAG(List.of("last")),
    TEXTS(List.of("last", "append")),
    RECORD(List.of("last")),
    RECORDS(List.of("last", "append"));

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

    boolean hasFields() {
        return this == RECORD || this == RECORDS;
    }

    boolean isList() {
        return this == TEXTS || this == RECORDS;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(ChannelKind::word).toList();
    }

    static Optional<ChannelKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
