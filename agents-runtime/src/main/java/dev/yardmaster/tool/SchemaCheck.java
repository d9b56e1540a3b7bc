package dev.yardmaster.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks JSON values against a schema of the kind that {@link TypeSchema} makes. All problems at once, each with its
 * place, in words that a model can act on. Immutable.
 */
public final class SchemaCheck {

    private final JsonNode root;

    public SchemaCheck(Json schema) {
        this.root = schema.as(JsonNode.class);
    }

    /** What does not fit; empty when all does. */
    public List<String> problems(Json value) {
        var problems = new ArrayList<String>();
        check("", root, value.as(JsonNode.class), problems);
        return problems;
    }

    private void check(String at, JsonNode schema, JsonNode value, List<String> problems) {
        if (schema.has("$ref")) {
            check(at, root.at(schema.get("$ref").asText().substring(1)), value, problems);
        } else if (schema.has("anyOf")) {
            anyOf(at, schema.get("anyOf"), value, problems);
        } else if (schema.has("enum")) {
            enumerated(at, schema.get("enum"), value, problems);
        } else if (!fits(schema.path("type").asText(), value)) {
            problems.add(
                    place(at) + " has to be of type " + schema.path("type").asText() + ", not " + shortened(value));
        } else if (value.isObject()) {
            object(at, schema, value, problems);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(at + "/" + i, schema.path("items"), value.get(i), problems);
            }
        }
    }

    private void object(String at, JsonNode schema, JsonNode value, List<String> problems) {
        JsonNode properties = schema.path("properties");
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        required.stream()
                .filter(name -> !value.hasNonNull(name))
                .forEach(name -> problems.add(place(at + "/" + name) + " is missing"));
        value.properties().forEach(field -> {
            String name = field.getKey();
            if (properties.has(name)) {
                if (!field.getValue().isNull()) {
                    check(at + "/" + name, properties.get(name), field.getValue(), problems);
                }
            } else if (schema.path("additionalProperties").isObject()) {
                check(at + "/" + name, schema.get("additionalProperties"), field.getValue(), problems);
            } else if (schema.has("properties")) {
                var known = new ArrayList<String>();
                properties.fieldNames().forEachRemaining(known::add);
                problems.add(place(at + "/" + name) + " is not known; known: " + String.join(", ", known)
                        + DidYouMean.hint(name, known));
            }
        });
    }

    /** The alternative that the value's discriminator names is the one whose problems count. */
    private void anyOf(String at, JsonNode alternatives, JsonNode value, List<String> problems) {
        var kinds = new ArrayList<String>();
        for (JsonNode each : alternatives) {
            JsonNode schema =
                    each.has("$ref") ? root.at(each.get("$ref").asText().substring(1)) : each;
            for (var property : schema.path("properties").properties()) {
                JsonNode only = property.getValue().path("enum");
                if (only.size() == 1 && property.getValue().has("discriminator")) {
                    kinds.add(property.getKey() + ": " + only.get(0));
                    if (only.get(0).equals(value.path(property.getKey()))) {
                        check(at, schema, value, problems);
                        return;
                    }
                }
            }
        }
        problems.add(place(at) + " has to be one of: " + String.join(", ", kinds));
    }

    private static void enumerated(String at, JsonNode allowed, JsonNode value, List<String> problems) {
        for (JsonNode each : allowed) {
            if (each.equals(value)) {
                return;
            }
        }
        var words = new ArrayList<String>();
        allowed.forEach(each -> words.add(each.asText()));
        problems.add(place(at) + " has to be one of " + String.join(", ", words) + ", not " + shortened(value)
                + DidYouMean.hint(value.asText(), words));
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }

    private static String place(String at) {
        return at.isEmpty() ? "it" : "'" + at.substring(1) + "'";
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "…";
    }
}
