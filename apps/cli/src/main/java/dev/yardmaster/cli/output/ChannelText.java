package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a channel holds, for people and shortened. */
final class ChannelText {

    private static final int MOST_LINES = 8;
    private static final int MOST_ELEMENTS = 12;

    private ChannelText() {}

    /** In one line: a text as it is, of a list how much is in it, of a record each of its components. */
    static String inLine(Json json) {
        return SafeText.line(inLine(json.as(JsonNode.class)));
    }

    private static String inLine(JsonNode value) {
        if (value.isArray()) {
            return value.size() + (value.size() == 1 ? " element" : " elements");
        }
        if (!value.isObject()) {
            return text(value);
        }
        return value.properties().stream()
                .filter(component -> !component.getValue().isNull())
                .map(component -> component.getKey() + ": "
                        + (component.getValue().isObject() ? "…" : inLine(component.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** In a few lines that fit. */
    static List<String> lines(Json json, int width) {
        JsonNode value = json.as(JsonNode.class);
        var lines = new ArrayList<String>();
        if (!value.isArray()) {
            lines.addAll(Columns.wrap(SafeText.of(text(value)).strip(), width));
            return shortened(lines, MOST_LINES, "lines");
        }
        int digits = String.valueOf(value.size() - 1).length();
        for (int i = 0; i < value.size() && lines.size() <= MOST_ELEMENTS; i++) {
            String number = " ".repeat(digits - String.valueOf(i).length()) + i;
            lines.add(number + "  " + Columns.cut(SafeText.line(text(value.get(i))), width - digits - 2));
        }
        return value.size() <= MOST_ELEMENTS
                ? lines
                : shortened(lines.subList(0, MOST_ELEMENTS), value.size(), MOST_ELEMENTS, "elements");
    }

    private static List<String> shortened(List<String> lines, int most, String what) {
        return lines.size() <= most ? lines : shortened(lines.subList(0, most), lines.size(), most, what);
    }

    private static List<String> shortened(List<String> shown, int all, int most, String what) {
        var some = new ArrayList<>(shown);
        some.add("… " + (all - most) + " more " + what + "; --json has all of it");
        return some;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : Json.of(value).text();
    }
}
