package dev.yardmaster.workflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.SchemaCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The type of a channel, or of a field.
 *
 * @param fields of a record, or of each of several; else none
 * @param choices the texts it may be; any when there are none
 * @param about what it is, for who writes it
 */
record ValueType(ChannelKind kind, Map<String, ValueType> fields, List<String> choices, String about) {

    static ValueType of(ChannelKind kind) {
        return new ValueType(kind, Map.of(), List.of(), "");
    }

    /** The type of each element of a list. */
    ValueType element() {
        return new ValueType(
                kind == ChannelKind.RECORDS ? ChannelKind.RECORD : ChannelKind.TEXT, fields, List.of(), "");
    }

    boolean isSameAs(ValueType other) {
        return kind == other.kind && fields.equals(other.fields) && choices.equals(other.choices);
    }

    Json schema() {
        return Json.parse(node().toString());
    }

    private ObjectNode node() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (kind) {
            case TEXT -> {
                node.put("type", "string");
                if (!choices.isEmpty()) {
                    choices.forEach(node.putArray("enum")::add);
                }
            }
            case NUMBER -> node.put("type", "number");
            case FLAG -> node.put("type", "boolean");
            case RECORD -> {
                node.put("type", "object").put("additionalProperties", false);
                ObjectNode properties = node.putObject("properties");
                var required = node.putArray("required");
                fields.forEach((name, type) -> {
                    properties.set(name, type.node());
                    required.add(name);
                });
            }
            case TEXTS, RECORDS ->
                node.put("type", "array").set("items", element().node());
        }
        return about.isEmpty() ? node : node.put("description", about);
    }

    /** A value that was typed, for a run's input. @throws IllegalArgumentException when it is none; says why */
    Object value(String typed) {
        return switch (kind) {
            case TEXT -> typed;
            case TEXTS -> typed.strip().startsWith("[") ? listed(typed) : separated(typed);
            case NUMBER -> number(typed);
            case FLAG -> {
                if (!typed.equals("true") && !typed.equals("false")) {
                    throw new IllegalArgumentException("write true or false");
                }
                yield Boolean.valueOf(typed);
            }
            case RECORD, RECORDS -> fitting(typed);
        };
    }

    private static Double number(String typed) {
        try {
            return Double.valueOf(typed);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("write it as 3 or 2.5", e);
        }
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
            throw new IllegalArgumentException("write a JSON list of texts", e);
        }
    }

    private Json fitting(String typed) {
        try {
            Json value = Json.parse(typed);
            List<String> problems = new SchemaCheck(schema()).problems(value);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join(", ", problems));
            }
            return value;
        } catch (InvalidJsonException e) {
            throw new IllegalArgumentException("write it as JSON; " + e.getMessage(), e);
        }
    }
}
