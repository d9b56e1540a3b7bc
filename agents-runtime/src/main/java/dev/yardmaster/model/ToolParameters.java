package dev.yardmaster.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A tool's JSON schema in langchain4j's types. langchain4j's own reader makes a raw schema of everything that has one
 * keyword it does not model, a {@code default} for instance, and its Gemini client refuses raw schemas in tools
 * (langchain4j issue 6013). So here limits and defaults go into the description, where every model sees them, and only
 * shapes that have no type, a map's for one, become raw; for a model that takes none, a text of JSON, which
 * {@link dev.yardmaster.tool.Arguments} reads as what it is.
 */
final class ToolParameters {

    private static final List<String> HINTS = List.of(
            "default",
            "format",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems");
    private static final List<String> UNTYPED =
            List.of("allOf", "not", "if", "patternProperties", "prefixItems", "contains", "dependentSchemas");

    private final boolean raw;

    private ToolParameters(boolean raw) {
        this.raw = raw;
    }

    /**
     * @param raw whether the model's client takes schemas that langchain4j has no type for
     * @throws IllegalArgumentException when this is no schema of an object
     */
    static JsonObjectSchema of(Json schema, boolean raw) {
        return new ToolParameters(raw).root(schema);
    }

    private JsonObjectSchema root(Json schema) {
        JsonNode root = schema.as(JsonNode.class);
        if (root == null || !root.isObject() || !root.path("type").asText("").equals("object")) {
            throw new IllegalArgumentException("its parameters are no JSON schema of type object: " + schema.text());
        }
        JsonObjectSchema.Builder builder = object(root);
        var definitions = new LinkedHashMap<String, JsonSchemaElement>();
        for (String key : List.of("definitions", "$defs")) {
            root.path(key).properties().forEach(each -> definitions.put(each.getKey(), element(each.getValue())));
        }
        return definitions.isEmpty()
                ? builder.build()
                : builder.definitions(definitions).build();
    }

    private JsonObjectSchema.Builder object(JsonNode schema) {
        var properties = new LinkedHashMap<String, JsonSchemaElement>();
        schema.path("properties").properties().forEach(each -> properties.put(each.getKey(), element(each.getValue())));
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        JsonObjectSchema.Builder builder = JsonObjectSchema.builder()
                .description(description(schema))
                .addProperties(properties)
                .required(required);
        JsonNode more = schema.path("additionalProperties");
        return more.isBoolean() ? builder.additionalProperties(more.asBoolean()) : builder;
    }

    private JsonSchemaElement element(JsonNode schema) {
        return typed(schema).orElseGet(() -> untyped(schema.isObject() ? schema : NullNode.instance));
    }

    private JsonSchemaElement untyped(JsonNode schema) {
        String shape = schema.isNull() ? "{}" : schema.toString();
        return raw
                ? JsonRawSchema.from(shape)
                : JsonStringSchema.builder()
                        .description((schema.path("description").asText("") + " (a text that is JSON, of this schema: "
                                        + shape + ")")
                                .strip())
                        .build();
    }

    private Optional<JsonSchemaElement> typed(JsonNode schema) {
        if (!schema.isObject() || UNTYPED.stream().anyMatch(schema::has)) {
            return Optional.empty();
        }
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").asText();
            return Optional.of(JsonReferenceSchema.builder()
                    .reference(reference.substring(reference.lastIndexOf('/') + 1))
                    .build());
        }
        JsonNode choices = schema.has("anyOf") ? schema.get("anyOf") : schema.path("oneOf");
        if (choices.isArray()) {
            return Optional.of(JsonAnyOfSchema.builder()
                    .description(description(schema))
                    .anyOf(stream(choices).map(this::element).toList())
                    .build());
        }
        if (schema.has("enum") || schema.has("const")) {
            return values(schema);
        }
        return ofType(type(schema), schema);
    }

    /** Only strings can be listed in langchain4j's type. */
    private Optional<JsonSchemaElement> values(JsonNode schema) {
        List<JsonNode> values = schema.has("enum") ? stream(schema.get("enum")).toList() : List.of(schema.get("const"));
        return values.stream().allMatch(JsonNode::isTextual)
                ? Optional.of(JsonEnumSchema.builder()
                        .description(description(schema))
                        .enumValues(values.stream().map(JsonNode::asText).toList())
                        .build())
                : Optional.empty();
    }

    private Optional<JsonSchemaElement> ofType(String type, JsonNode schema) {
        String description = description(schema);
        return switch (type) {
            case "string" ->
                Optional.of(JsonStringSchema.builder().description(description).build());
            case "integer" ->
                Optional.of(JsonIntegerSchema.builder().description(description).build());
            case "number" ->
                Optional.of(JsonNumberSchema.builder().description(description).build());
            case "boolean" ->
                Optional.of(JsonBooleanSchema.builder().description(description).build());
            case "null" -> Optional.of(new JsonNullSchema());
            case "array" ->
                Optional.of(JsonArraySchema.builder()
                        .description(description)
                        .items(schema.has("items") ? element(schema.get("items")) : null)
                        .build());
            case "object" ->
                schema.path("additionalProperties").isObject()
                        ? Optional.empty()
                        : Optional.of(object(schema).build());
            default -> Optional.empty();
        };
    }

    /** The type; of a type that may be null as well, the other one. Empty for anything else. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (!type.isArray()) {
            return type.asText("");
        }
        List<String> types = stream(type)
                .map(JsonNode::asText)
                .filter(each -> !each.equals("null"))
                .toList();
        return types.size() == 1 ? types.getFirst() : "";
    }

    private static @Nullable String description(JsonNode schema) {
        var hints = new ArrayList<String>();
        HINTS.stream().filter(schema::has).forEach(hint -> hints.add(hint + ": " + schema.get(hint)));
        String text = schema.path("description").asText("");
        if (hints.isEmpty()) {
            return text.isEmpty() ? null : text;
        }
        return (text + " (" + String.join(", ", hints) + ")").strip();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
