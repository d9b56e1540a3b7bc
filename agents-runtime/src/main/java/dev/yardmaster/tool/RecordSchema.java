package dev.yardmaster.tool;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.yardmaster.event.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON schema of a record: what its components are, which of them may be missing ({@link Optional}). */
final class RecordSchema {

    private static final Set<Class<?>> INTEGERS =
            Set.of(int.class, long.class, short.class, byte.class, Integer.class, Long.class, Short.class, Byte.class);
    private static final Set<Class<?>> NUMBERS =
            Set.of(double.class, float.class, Double.class, Float.class, java.math.BigDecimal.class, Number.class);

    private RecordSchema() {}

    /** @throws IllegalArgumentException when a component's type has no schema; says which */
    static Json of(Class<? extends Record> type) {
        return Json.of(object(type, new ArrayList<>()));
    }

    private static Map<String, Object> object(Class<?> type, List<Class<?>> outer) {
        if (outer.contains(type)) {
            throw new IllegalArgumentException(type.getName() + " holds itself; use flat arguments for a tool");
        }
        var inner = new ArrayList<Class<?>>(outer);
        inner.add(type);
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean optional = component.getType() == Optional.class;
            Map<String, Object> schema = schema(
                    optional ? argument(component.getGenericType()) : component.getGenericType(),
                    type.getSimpleName() + "." + component.getName(),
                    inner);
            var description = component.getAccessor().getAnnotation(JsonPropertyDescription.class);
            if (description != null) {
                schema.put("description", description.value());
            }
            properties.put(component.getName(), schema);
            if (!optional) {
                required.add(component.getName());
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> schema(Type type, String where, List<Class<?>> outer) {
        var schema = new LinkedHashMap<String, Object>();
        Class<?> raw = raw(type);
        if (INTEGERS.contains(raw)) {
            schema.put("type", "integer");
        } else if (NUMBERS.contains(raw)) {
            schema.put("type", "number");
        } else if (raw == boolean.class || raw == Boolean.class) {
            schema.put("type", "boolean");
        } else if (raw.isEnum()) {
            schema.put("type", "string");
            schema.put(
                    "enum",
                    Arrays.stream(raw.getEnumConstants())
                            .map(each -> ((Enum<?>) each).name())
                            .toList());
        } else if (Collection.class.isAssignableFrom(raw)) {
            schema.put("type", "array");
            schema.put("items", schema(argument(type), where + "[]", outer));
        } else if (Map.class.isAssignableFrom(raw)) {
            schema.put("type", "object");
        } else if (raw.isRecord()) {
            return object(raw, outer);
        } else if (raw == String.class || raw.getName().startsWith("java.time.") || raw == java.net.URI.class) {
            schema.put("type", "string");
        } else {
            throw new IllegalArgumentException(
                    "a tool's argument cannot be of type " + type.getTypeName() + " (" + where
                            + "); use String, numbers, booleans, enums, records, lists, maps, java.time or Optional of these");
        }
        return schema;
    }

    private static Type argument(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> Object.class;
        };
    }
}
