package dev.yardmaster.tool.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the cells of a notebook (nbformat 4) stand in its text, so that one of them can be changed and the rest of the file stays as it
 * is, to the last blank.
 */
final class NotebookCells {

    /** A part of the text. */
    private record Span(int from, int to) {}

    /** @param members the places of its values, by name */
    private record Cell(Span span, Map<String, Span> members) {}

    private final String text;
    private final Span array;
    private final List<Cell> cells = new ArrayList<>();
    private final boolean withIds;
    private final String indent;
    private final String step;

    private NotebookCells(String text, boolean withIds) {
        this.text = text;
        this.withIds = withIds;
        this.array = members(space(0)).get("cells");
        for (Span each : elements(array.from())) {
            cells.add(new Cell(each, members(each.from())));
        }
        this.indent = cells.isEmpty() ? "  " : indentOf(cells.getFirst().span().from());
        this.step = " ".repeat(Math.max(1, indent.length() / 2));
    }

    /** Empty when it is no notebook. */
    static Optional<NotebookCells> of(String text) {
        try {
            JsonNode notebook = Json.parse(text).as(JsonNode.class);
            boolean cells = notebook.path("cells").isArray()
                    && notebook.path("cells").valueStream().allMatch(JsonNode::isObject);
            return notebook.path("nbformat").asInt() == 4 && cells
                    ? Optional.of(new NotebookCells(
                            text, notebook.path("nbformat_minor").asInt() >= 5))
                    : Optional.empty();
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    /** The place of a cell by its id, or by its number as {@code 2} or {@code cell-2}; from 0. */
    Optional<Integer> find(String id) {
        for (int i = 0; i < cells.size(); i++) {
            if (id(i).equals(Optional.of(id))) {
                return Optional.of(i);
            }
        }
        String number = id.startsWith("cell-") ? id.substring("cell-".length()) : id;
        return number.matches("\\d{1,6}") && Integer.parseInt(number) < cells.size()
                ? Optional.of(Integer.parseInt(number))
                : Optional.empty();
    }

    private Optional<String> id(int cell) {
        return value(cell, "id");
    }

    int count() {
        return cells.size();
    }

    /** {@code code}, {@code markdown} or another. */
    String type(int cell) {
        return value(cell, "cell_type").orElse("");
    }

    private Optional<String> value(int cell, String name) {
        return Optional.ofNullable(cells.get(cell).members().get(name))
                .map(span -> Json.parse(at(span)).as(JsonNode.class).asText());
    }

    /** The text with another source in a cell; what the old one put out is gone with it. */
    String replaced(int cell, String source, String type) {
        Map<String, Span> members = cells.get(cell).members();
        if (!type.equals(type(cell)) || !members.containsKey("source")) {
            return with(cells.get(cell).span(), rendered(type, id(cell), metadata(cell), source));
        }
        var changes = new LinkedHashMap<Span, String>();
        changes.put(members.get("source"), source(source));
        if (type.equals("code")) {
            Optional.ofNullable(members.get("outputs")).ifPresent(span -> changes.put(span, "[]"));
            Optional.ofNullable(members.get("execution_count")).ifPresent(span -> changes.put(span, "null"));
        }
        var changed = new StringBuilder(text);
        changes.entrySet().stream()
                .sorted((one, other) ->
                        Integer.compare(other.getKey().from(), one.getKey().from()))
                .forEach(each ->
                        changed.replace(each.getKey().from(), each.getKey().to(), each.getValue()));
        return changed.toString();
    }

    private String metadata(int cell) {
        Span metadata = cells.get(cell).members().get("metadata");
        return metadata == null ? "{}" : at(metadata);
    }

    /** The text with one more cell. @param after the one before it; -1 for none */
    String inserted(int after, String source, String type) {
        String cell = rendered(type, withIds ? Optional.of(freshId(after, source)) : Optional.empty(), "{}", source);
        if (cells.isEmpty()) {
            return with(array, "[\n" + indent + cell + "\n" + indent.substring(0, indent.length() / 2) + "]");
        }
        int at = after < 0
                ? cells.getFirst().span().from()
                : cells.get(after).span().to();
        return with(new Span(at, at), after < 0 ? cell + ",\n" + indent : ",\n" + indent + cell);
    }

    /** The text without a cell. */
    String deleted(int cell) {
        if (cells.size() == 1) {
            return with(array, "[]");
        }
        boolean last = cell == cells.size() - 1;
        Span span = cells.get(cell).span();
        return with(
                last
                        ? new Span(cells.get(cell - 1).span().to(), span.to())
                        : new Span(span.from(), cells.get(cell + 1).span().from()),
                "");
    }

    /** The same for the same change, so that it can be told whether it was made. */
    private String freshId(int after, String source) {
        String seed = after + "\n" + source;
        String id = Json.of(seed).sha256().substring(0, 8);
        while (find(id).isPresent()) {
            seed += "\n";
            id = Json.of(seed).sha256().substring(0, 8);
        }
        return id;
    }

    /** Keys as Jupyter orders them. */
    private String rendered(String type, Optional<String> id, String metadata, String source) {
        boolean code = type.equals("code");
        var members = new ArrayList<String>();
        members.add("\"cell_type\": " + Json.of(type).text());
        if (code) {
            members.add("\"execution_count\": null");
        }
        id.ifPresent(each -> members.add("\"id\": " + Json.of(each).text()));
        members.add("\"metadata\": " + metadata);
        if (code) {
            members.add("\"outputs\": []");
        }
        members.add("\"source\": " + source(source));
        String between = "\n" + indent + step;
        return "{" + between + String.join("," + between, members) + "\n" + indent + "}";
    }

    /** Line by line, each with its end. */
    private String source(String source) {
        var lines = new ArrayList<String>();
        int from = 0;
        while (from < source.length()) {
            int end = source.indexOf('\n', from);
            int to = end < 0 ? source.length() : end + 1;
            lines.add(Json.of(source.substring(from, to)).text());
            from = to;
        }
        String between = "\n" + indent + step + step;
        return lines.isEmpty() ? "[]" : "[" + between + String.join("," + between, lines) + "\n" + indent + step + "]";
    }

    private String with(Span span, String instead) {
        return text.substring(0, span.from()) + instead + text.substring(span.to());
    }

    private String at(Span span) {
        return text.substring(span.from(), span.to());
    }

    private String indentOf(int at) {
        String before = text.substring(text.lastIndexOf('\n', at) + 1, at);
        return before.isBlank() ? before : "  ";
    }

    // what follows reads text that was found to be JSON

    private Map<String, Span> members(int object) {
        var members = new LinkedHashMap<String, Span>();
        int at = space(object + 1);
        while (text.charAt(at) != '}') {
            int end = string(at);
            int value = space(space(end) + 1); // behind the colon
            members.put(Json.parse(text.substring(at, end)).as(String.class), new Span(value, value(value)));
            at = space(value(value));
            at = text.charAt(at) == ',' ? space(at + 1) : at;
        }
        return members;
    }

    private List<Span> elements(int list) {
        var elements = new ArrayList<Span>();
        int at = space(list + 1);
        while (text.charAt(at) != ']') {
            elements.add(new Span(at, value(at)));
            at = space(value(at));
            at = text.charAt(at) == ',' ? space(at + 1) : at;
        }
        return elements;
    }

    private int space(int at) {
        int next = at;
        while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next;
    }

    /** Behind a string. */
    private int string(int at) {
        int next = at + 1;
        while (text.charAt(next) != '"') {
            next += text.charAt(next) == '\\' ? 2 : 1;
        }
        return next + 1;
    }

    /** Behind a value. */
    private int value(int at) {
        int depth = 0;
        int next = at;
        do {
            switch (text.charAt(next)) {
                case '"' -> next = string(next);
                case '{', '[' -> {
                    depth++;
                    next++;
                }
                case '}', ']' -> {
                    depth--;
                    next++;
                }
                default -> next = depth == 0 ? plain(next) : next + 1;
            }
        } while (depth > 0);
        return next;
    }

    /** Behind a number or a word. */
    private int plain(int at) {
        int next = at;
        while (next < text.length() && ",]} \t\r\n".indexOf(text.charAt(next)) < 0) {
            next++;
        }
        return next;
    }
}
