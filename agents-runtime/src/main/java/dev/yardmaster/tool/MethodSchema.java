package dev.yardmaster.tool;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON schema that langchain4j has made of a method's parameters; langchain4j's own writer is none of its API. */
final class MethodSchema {

    private MethodSchema() {}

    static Json of(JsonObjectSchema parameters) {
        return Json.of(element(parameters));
    }

    private static Map<String, Object> element(JsonSchemaElement element) {
        return switch (element) {
            case JsonObjectSchema object -> object(object);
            case JsonArraySchema array -> {
                Map<String, Object> schema = described("array", array);
                if (array.items() != null) {
                    schema.put("items", element(array.items()));
                }
                yield schema;
            }
            case JsonEnumSchema values -> {
                Map<String, Object> schema = described("string", values);
                schema.put("enum", values.enumValues());
                yield schema;
            }
            case JsonAnyOfSchema choice -> {
                Map<String, Object> schema = described("", choice);
                schema.put(
                        "anyOf",
                        choice.anyOf().stream().map(MethodSchema::element).toList());
                yield schema;
            }
            case JsonReferenceSchema reference -> Map.of("$ref", "#/$defs/" + reference.reference());
            case JsonRawSchema raw -> Json.parse(raw.schema()).<Map<String, Object>>as(Map.class);
            case JsonStringSchema text -> described("string", text);
            case JsonIntegerSchema integer -> described("integer", integer);
            case JsonNumberSchema number -> described("number", number);
            case JsonBooleanSchema flag -> described("boolean", flag);
            case JsonNullSchema none -> described("null", none);
            default ->
                throw new IllegalArgumentException("a tool's parameter is described by a "
                        + element.getClass().getName() + ", which is not known here; use another type for it");
        };
    }

    private static Map<String, Object> object(JsonObjectSchema object) {
        Map<String, Object> schema = described("object", object);
        var properties = new LinkedHashMap<String, Object>();
        object.properties().forEach((name, each) -> properties.put(name, element(each)));
        schema.put("properties", properties);
        schema.put("required", object.required() == null ? List.of() : object.required());
        if (object.additionalProperties() != null) {
            schema.put("additionalProperties", object.additionalProperties());
        }
        if (object.definitions() != null && !object.definitions().isEmpty()) {
            var definitions = new LinkedHashMap<String, Object>();
            object.definitions().forEach((name, each) -> definitions.put(name, element(each)));
            schema.put("$defs", definitions);
        }
        return schema;
    }

    private static Map<String, Object> described(String type, JsonSchemaElement element) {
        var schema = new LinkedHashMap<String, Object>();
        if (!type.isEmpty()) {
            schema.put("type", type);
        }
        if (element.description() != null) {
            schema.put("description", element.description());
        }
        return schema;
    }
}
