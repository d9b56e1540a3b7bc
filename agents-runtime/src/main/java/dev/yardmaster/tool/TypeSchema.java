package dev.yardmaster.tool;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.yardmaster.event.Json;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON schema of a type, as Jackson writes and reads it: names, enum values and subtypes by its annotations,
 * descriptions by {@code @JsonPropertyDescription} and {@code @JsonClassDescription}. All components are required but
 * those that are {@code Optional} or {@code @Nullable}.
 */
public final class TypeSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<Class<?>> INTEGERS = Set.of(
            int.class,
            long.class,
            short.class,
            byte.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            BigInteger.class);
    private static final Set<Class<?>> NUMBERS =
            Set.of(float.class, double.class, Float.class, Double.class, BigDecimal.class, Number.class);
    private static final Map<String, String> EXAMPLES = Map.of(
            "java.time.Instant", "2030-01-31T12:00:00Z",
            "java.time.LocalDate", "2030-01-31",
            "java.time.LocalTime", "12:00:00",
            "java.time.LocalDateTime", "2030-01-31T12:00:00",
            "java.time.OffsetDateTime", "2030-01-31T12:00:00+01:00",
            "java.time.ZonedDateTime", "2030-01-31T12:00:00+01:00",
            "java.time.Duration", "PT1H30M",
            "java.time.Period", "P1M15D",
            "java.util.UUID", "123e4567-e89b-12d3-a456-426614174000",
            "java.net.URI", "https://example.org/a");

    /** Types that are being described, by name: one that holds itself is referred to. */
    private final Map<JavaType, String> open = new HashMap<>();

    private final Set<String> referred = new HashSet<>();
    private final ObjectNode definitions = NODES.objectNode();

    private TypeSchema() {}

    /** Made for types that say more of themselves than their components do. */
    private static final class Mapper {
        static final ObjectMapper MAPPER =
                JsonMapper.builder().addModule(new Jdk8Module()).build();
    }

    /** The schema of a type. Describes every type; whether it has a JSON form is asked of {@code Json.whyNoJsonForm}. */
    public static Json of(Type type) {
        if (Json.isPlainRecord(type)) {
            return ofPlain((Class<?>) type);
        }
        var schema = new TypeSchema();
        ObjectNode root = schema.schema(Mapper.MAPPER.constructType(type));
        if (root.has("$ref")) { // of a type that holds itself: providers want to see what the root is
            root = ((ObjectNode)
                            schema.definitions.get(root.get("$ref").asText().substring("#/$defs/".length())))
                    .deepCopy();
        }
        if (!schema.definitions.isEmpty()) {
            root.set("$defs", schema.definitions);
        }
        return Json.parse(root.toString());
    }

    private static Json ofPlain(Class<?> type) {
        var properties = new ArrayList<String>();
        var required = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = "\"" + component.getName() + "\"";
            properties.add(name + ":{\"type\":\"" + plainName(component.getType()) + "\"}");
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(name);
            }
        }
        return Json.parse("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{"
                + String.join(",", properties) + "},\"required\":[" + String.join(",", required) + "]}");
    }

    private static String plainName(Class<?> type) {
        if (type == String.class) {
            return "string";
        }
        return type == boolean.class || type == Boolean.class ? "boolean" : "integer";
    }

    private static ObjectNode object() {
        return of("object").put("additionalProperties", false);
    }

    private static ObjectNode of(String type) {
        return NODES.objectNode().put("type", type);
    }

    private ObjectNode schema(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (type.isReferenceType()) {
            return schema(type.getReferencedType());
        }
        if (INTEGERS.contains(raw)) {
            return of("integer");
        }
        if (NUMBERS.contains(raw)) {
            return of("number");
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return of("boolean");
        }
        if (CharSequence.class.isAssignableFrom(raw) || raw == char.class || raw == Character.class) {
            return of("string");
        }
        if (EXAMPLES.containsKey(raw.getName())) {
            return of("string").put("description", "such as " + EXAMPLES.get(raw.getName()));
        }
        if (type.isEnumType()) {
            return enumerated(raw);
        }
        if (type.isMapLikeType()) {
            ObjectNode map = of("object");
            map.set("additionalProperties", schema(type.getContentType()));
            return map;
        }
        if (type.isArrayType() || Collection.class.isAssignableFrom(raw)) {
            ObjectNode array = of("array");
            array.set("items", schema(type.getContentType()));
            return Set.class.isAssignableFrom(raw) ? array.put("uniqueItems", true) : array;
        }
        return named(type);
    }

    private static ObjectNode enumerated(Class<?> raw) {
        ObjectNode schema = of("string");
        var values = schema.putArray("enum");
        Arrays.stream(raw.getEnumConstants()).forEach(each -> values.add(Mapper.MAPPER.<JsonNode>valueToTree(each)));
        return schema;
    }

    /** A type with a name of its own; inside of itself it is a reference. */
    private ObjectNode named(JavaType type) {
        String known = open.get(type);
        if (known != null) {
            referred.add(known);
            return reference(known);
        }
        String name = type.getRawClass().getSimpleName();
        while (open.containsValue(name) || definitions.has(name)) {
            name = name + "_";
        }
        open.put(type, name);
        ObjectNode schema = subtypes(type).isEmpty() ? bean(type) : choice(type);
        open.remove(type);
        if (referred.contains(name)) {
            definitions.set(name, schema);
            return reference(name);
        }
        return schema;
    }

    private static ObjectNode reference(String name) {
        return NODES.objectNode().put("$ref", "#/$defs/" + name);
    }

    private ObjectNode bean(JavaType type) {
        BeanDescription bean = Mapper.MAPPER.getDeserializationConfig().introspect(type);
        ObjectNode schema = object();
        String description = introspector().findClassDescription(bean.getClassInfo());
        if (description != null) {
            schema.put("description", description);
        }
        ObjectNode properties = schema.putObject("properties");
        var required = new ArrayList<String>();
        for (BeanPropertyDefinition property : bean.findProperties()) {
            JavaType inner = property.getPrimaryType();
            ObjectNode described = schema(inner);
            String words = property.getMetadata().getDescription();
            properties.set(property.getName(), words == null ? described : with(described, words));
            if (!inner.isReferenceType() && !isNullable(type.getRawClass(), property.getInternalName())) {
                required.add(property.getName());
            }
        }
        var names = schema.putArray("required");
        required.forEach(names::add);
        return schema;
    }

    private static ObjectNode with(ObjectNode schema, String words) {
        String more = schema.path("description").asText();
        return schema.put("description", more.isEmpty() ? words : words + "; " + more);
    }

    private static boolean isNullable(Class<?> raw, String component) {
        return raw.isRecord()
                && Arrays.stream(raw.getRecordComponents())
                        .filter(each -> each.getName().equals(component))
                        .map(RecordComponent::getAnnotatedType)
                        .anyMatch(each -> each.isAnnotationPresent(Nullable.class));
    }

    private ObjectNode choice(JavaType type) {
        ObjectNode schema = NODES.objectNode();
        var alternatives = schema.putArray("anyOf");
        var resolved = Mapper.MAPPER.getDeserializationConfig().introspectClassAnnotations(type);
        var info = introspector()
                .findPolymorphicTypeInfo(Mapper.MAPPER.getDeserializationConfig(), resolved.getClassInfo());
        for (NamedType subtype : subtypes(type)) {
            ObjectNode alternative = bean(Mapper.MAPPER.constructType(subtype.getType()));
            ObjectNode properties = (ObjectNode) alternative.get("properties");
            ObjectNode kind = of("string").put("discriminator", true);
            kind.putArray("enum").add(subtype.getName());
            properties.set(info.getPropertyName(), kind);
            alternative.withArray("required").insert(0, info.getPropertyName());
            alternatives.add(alternative);
        }
        return schema;
    }

    private static List<NamedType> subtypes(JavaType type) {
        var info = AnnotatedClassResolver.resolve(
                Mapper.MAPPER.getDeserializationConfig(), type, Mapper.MAPPER.getDeserializationConfig());
        List<NamedType> found = introspector().findSubtypes(info);
        return found == null ? List.of() : found;
    }

    private static AnnotationIntrospector introspector() {
        return Mapper.MAPPER.getDeserializationConfig().getAnnotationIntrospector();
    }
}
