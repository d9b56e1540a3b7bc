package dev.yardmaster.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A place at which two JSON values differ.
 *
 * @param at such as {@code messages[0].text}; empty for the whole
 * @param before what is there in the first; empty when nothing is
 * @param now what is there in the second; empty when nothing is
 */
public record JsonDifference(String at, Optional<Json> before, Optional<Json> now) {

    /** All places at which two values differ, as deep as possible, in the order of their keys and elements. */
    public static List<JsonDifference> between(Json before, Json now) {
        var found = new ArrayList<JsonDifference>();
        if (!before.equals(now)) {
            compare("", before.as(JsonNode.class), now.as(JsonNode.class), found);
        }
        return found;
    }

    private static void compare(String at, JsonNode before, JsonNode now, List<JsonDifference> found) {
        if (before.isObject() && now.isObject()) {
            var keys = new TreeSet<String>();
            before.fieldNames().forEachRemaining(keys::add);
            now.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                children(at.isEmpty() ? key : at + "." + key, before.path(key), now.path(key), found);
            }
        } else if (before.isArray() && now.isArray()) {
            for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
                children(at + "[" + i + "]", before.path(i), now.path(i), found);
            }
        } else if (!before.equals(now)) {
            found.add(new JsonDifference(at, Optional.of(Json.of(before)), Optional.of(Json.of(now))));
        }
    }

    private static void children(String at, JsonNode before, JsonNode now, List<JsonDifference> found) {
        if (before.isMissingNode()) {
            found.add(new JsonDifference(at, Optional.empty(), Optional.of(Json.of(now))));
        } else if (now.isMissingNode()) {
            found.add(new JsonDifference(at, Optional.of(Json.of(before)), Optional.empty()));
        } else {
            compare(at, before, now, found);
        }
    }

    /** For a reader: what was there on lines that begin with a minus, what is there now on lines with a plus. */
    public List<String> lines() {
        return ChangedLines.of(text(before), text(now));
    }

    /** Some differences for a reader, each under its place; of many the first, and how many more there are. */
    public static List<String> lines(List<JsonDifference> differences, int most) {
        var lines = new ArrayList<String>();
        for (JsonDifference each : differences.subList(0, Math.min(most, differences.size()))) {
            if (!each.at().isEmpty()) {
                lines.add(each.at() + ":");
            }
            lines.addAll(each.lines());
        }
        if (differences.size() > most) {
            lines.add("… and " + (differences.size() - most) + " more places");
        }
        return lines;
    }

    private static Optional<String> text(Optional<Json> value) {
        return value.map(json -> {
            JsonNode node = json.as(JsonNode.class);
            return node.isTextual() ? node.asText() : json.text();
        });
    }
}
