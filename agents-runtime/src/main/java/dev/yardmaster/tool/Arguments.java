package dev.yardmaster.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The arguments of a call, checked against the tool's own schema: what is missing, unknown or of another type is told to
 * the model, all at once. Strings that are plainly a number or a boolean, a list or an object are taken for one,
 * at any depth, because models write them so.
 */
public final class Arguments {

    private static final Pattern INTEGER = Pattern.compile("\\s*[+-]?\\d{1,18}\\s*");

    private static final Pattern NUMBER =
            Pattern.compile("\\s*[+-]?\\d{1,100}(\\.\\d{1,100})?([eE][+-]?\\d{1,2})?\\s*");

    private final ObjectNode values;

    private Arguments(ObjectNode values) {
        this.values = values;
    }

    /** @throws InvalidArgumentsException when the arguments do not fit the tool's schema */
    public static Arguments of(Tool tool, ToolCall call) {
        return of(tool.name(), tool.parameters().as(JsonNode.class), call);
    }

    /** @param schema the tool's, which a tool that is called often reads once */
    static Arguments of(String tool, JsonNode schema, ToolCall call) {
        JsonNode given = call.arguments().as(JsonNode.class);
        if (given == null || !given.isObject()) {
            throw new InvalidArgumentsException("the arguments of " + tool
                    + " have to be one JSON object; what came is "
                    + shortened(call.arguments().text()));
        }
        var problems = new ArrayList<String>();
        ObjectNode fitting = object("", schema, given, problems);
        if (!problems.isEmpty()) {
            throw new InvalidArgumentsException(tool + ": " + String.join("; ", problems));
        }
        return new Arguments(fitting);
    }

    /** An object with what was coerced in it. @param at its place, ending with a dot where it is not the outermost */
    private static ObjectNode object(String at, JsonNode schema, JsonNode given, List<String> problems) {
        ObjectNode fitting = JsonNodeFactory.instance.objectNode();
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        boolean open = !at.isEmpty() && (others.isObject() || !schema.has("properties"));
        given.properties().forEach(field -> {
            String name = field.getKey();
            if (!properties.has(name) && !open) {
                problems.add("there is no parameter '" + at + name + "'; it has " + others(name, properties));
            } else if (!field.getValue().isNull()) {
                JsonNode inner = properties.has(name) ? properties.get(name) : others;
                fitting.set(name, value(at + name, inner, field.getValue(), problems));
            }
        });
        schema.path("required").forEach(required -> {
            if (!given.hasNonNull(required.asText())) {
                problems.add("the parameter '" + at + required.asText() + "' is missing");
            }
        });
        return fitting;
    }

    /** The parameters that there are instead of one that there is not. */
    private static String others(String name, JsonNode properties) {
        var names = new TreeSet<String>();
        properties.fieldNames().forEachRemaining(names::add);
        return String.join(", ", names) + DidYouMean.hint(name, names);
    }

    private static JsonNode value(String name, JsonNode schema, JsonNode given, List<String> problems) {
        String type = schema.path("type").asText("any");
        Optional<JsonNode> fitting = fitting(type, given);
        if (fitting.isEmpty()) {
            problems.add("'" + name + "' has to be of type " + type + ", not " + shortened(given.toString()));
            return given;
        }
        JsonNode value = fitting.get();
        if (schema.has("enum")) {
            Optional<JsonNode> listed = listed(schema.get("enum"), value);
            if (listed.isEmpty()) {
                problems.add("'" + name + "' has to be one of " + schema.get("enum") + ", not "
                        + shortened(given.toString()));
            }
            return listed.orElse(given);
        }
        if (value.isObject() && type.equals("object")) {
            return object(name + ".", schema, value, problems);
        }
        return value.isArray() && type.equals("array") ? array(name, schema, value, problems) : value;
    }

    private static JsonNode array(String name, JsonNode schema, JsonNode given, List<String> problems) {
        ArrayNode fitting = JsonNodeFactory.instance.arrayNode();
        if (given.size() < schema.path("minItems").asInt()) {
            problems.add("'" + name + "' needs at least " + schema.get("minItems") + " element");
        }
        if (schema.has("maxItems") && given.size() > schema.get("maxItems").asInt()) {
            problems.add("'" + name + "' takes at most " + schema.get("maxItems") + " elements, not " + given.size());
        }
        for (int i = 0; i < given.size(); i++) {
            fitting.add(value(name + "[" + i + "]", schema.path("items"), given.get(i), problems));
        }
        return fitting;
    }

    /** The listed value that is written the same: {@code "1"} for 1. */
    private static Optional<JsonNode> listed(JsonNode allowed, JsonNode given) {
        for (JsonNode each : allowed) {
            if (each.equals(given)
                    || each.isValueNode()
                            && given.isValueNode()
                            && each.asText().equals(given.asText())) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> fitting(String type, JsonNode given) {
        boolean fits = switch (type) {
            case "string" -> given.isTextual();
            case "integer" -> given.isIntegralNumber() && given.canConvertToLong();
            case "number" -> given.isNumber();
            case "boolean" -> given.isBoolean();
            case "array" -> given.isArray();
            case "object" -> given.isObject();
            default -> true;
        };
        if (fits) {
            return Optional.of(given);
        }
        if (type.equals("integer")
                && given.isNumber()
                && given.canConvertToExactIntegral()
                && given.canConvertToLong()) {
            return Optional.of(LongNode.valueOf(given.longValue())); // 120000.0
        }
        if (type.equals("integer")
                && given.isTextual()
                && INTEGER.matcher(given.asText()).matches()) {
            return Optional.of(LongNode.valueOf(Long.parseLong(given.asText().strip())));
        }
        if (type.equals("number")
                && given.isTextual()
                && NUMBER.matcher(given.asText()).matches()) {
            return Optional.of(DecimalNode.valueOf(new BigDecimal(given.asText().strip())));
        }
        if (type.equals("boolean") && given.isTextual()) {
            return switch (given.asText().strip()) {
                case "true" -> Optional.of(BooleanNode.TRUE);
                case "false" -> Optional.of(BooleanNode.FALSE);
                default -> Optional.empty();
            };
        }
        boolean nested = type.equals("array") || type.equals("object");
        return nested && given.isTextual() ? parsed(type, given.asText()) : Optional.empty();
    }

    /** A list or an object that was written as a text. */
    private static Optional<JsonNode> parsed(String type, String text) {
        try {
            JsonNode inner = Json.parse(text).as(JsonNode.class);
            return Optional.of(inner).filter(each -> type.equals("array") ? each.isArray() : each.isObject());
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 97) + "…";
    }

    /** A required text. */
    public String text(String name) {
        return values.get(name).asText();
    }

    public Optional<String> findText(String name) {
        return Optional.ofNullable(values.get(name)).map(JsonNode::asText);
    }

    /** An argument of whatever type. */
    public Optional<Json> find(String name) {
        return Optional.ofNullable(values.get(name)).map(Json::of);
    }

    /** All of them, as one object. */
    public Json json() {
        return Json.of(values);
    }

    public Optional<Long> findInteger(String name) {
        return Optional.ofNullable(values.get(name)).map(JsonNode::asLong);
    }

    /** A flag that is off when it is not given. */
    public boolean flag(String name) {
        return flag(name, false);
    }

    public boolean flag(String name, boolean unlessGiven) {
        JsonNode value = values.get(name);
        return value == null ? unlessGiven : value.asBoolean();
    }
}
