package dev.yardmaster.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at a type and says why its values could not be written as JSON and read back. */
final class JsonForm {

    private static final Set<Type> PLAIN =
            Set.of(String.class, Boolean.class, Integer.class, Long.class, Double.class, Instant.class, Duration.class);

    private static final Set<Type> HOLDING_ONE = Set.of(List.class, Set.class, Optional.class);

    private JsonForm() {}

    static String problem(ObjectMapper mapper, JavaType type) {
        return problem(mapper, type, new HashSet<>());
    }

    /**
     * Whether a look at the declarations is enough to know that it has one: plain types, enums, records of such, lists, sets,
     * maps and optionals of such, and interfaces that name their subtypes. Does without data binding, which takes a new
     * process a tenth of a second.
     */
    static boolean isSure(Type type) {
        return isSure(type, new HashSet<>());
    }

    private static boolean isSure(Type type, Set<Type> seen) {
        if (PLAIN.contains(type) || !seen.add(type)) {
            return true;
        }
        if (type instanceof ParameterizedType holding) {
            Type[] held = holding.getActualTypeArguments();
            boolean known = held.length == 1
                    ? HOLDING_ONE.contains(holding.getRawType())
                    : holding.getRawType() == Map.class && held[0] == String.class;
            return known && isSure(held[held.length - 1], seen);
        }
        return type instanceof Class<?> raw
                && (raw.isPrimitive()
                        || raw == Json.class
                        || raw.isEnum()
                        || raw.getPackageName().equals("java.math")
                        || raw.isInterface() && raw.isAnnotationPresent(JsonSubTypes.class)
                        || raw.isRecord() && isSureRecord(raw, seen));
    }

    private static boolean isSureRecord(Class<?> raw, Set<Type> seen) {
        if (saysMore(raw) || raw.getTypeParameters().length > 0) {
            return false;
        }
        for (RecordComponent component : raw.getRecordComponents()) {
            if (saysMore(component.getAccessor()) || !isSure(component.getGenericType(), seen)) {
                return false;
            }
        }
        return true;
    }

    /** Whether annotations say more of its form than what of it is left out. */
    private static boolean saysMore(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            if (annotation.annotationType() != JsonInclude.class) {
                return true;
            }
        }
        return false;
    }

    private static String problem(ObjectMapper mapper, JavaType type, Set<JavaType> seen) {
        if (!seen.add(type) || type.isEnumType() || type.isPrimitive()) {
            return "";
        }
        if (type.isContainerType() || type.isReferenceType()) {
            if (type.getBindings().isEmpty() && type.getContentType().getRawClass() == Object.class) {
                return type.toCanonical() + " does not say what it holds, so that nobody could read it back; use a"
                        + " record that says it, an array, or in a channel Channel.listOf, setOf or mapOf";
            }
            for (int i = 0; i < type.containedTypeCount(); i++) {
                String inner = problem(mapper, type.containedType(i), seen);
                if (!inner.isEmpty()) {
                    return inner;
                }
            }
            return "";
        }
        Class<?> raw = type.getRawClass();
        if (raw == Object.class
                || java.lang.reflect.Type.class.isAssignableFrom(raw)
                || Thread.class.isAssignableFrom(raw)) {
            return type.toCanonical() + " has no fixed form; use a record or another concrete type";
        }
        if (raw.isRecord()) {
            for (var component : raw.getRecordComponents()) {
                JavaType inner =
                        mapper.getTypeFactory().resolveMemberType(component.getGenericType(), type.getBindings());
                String reason = problem(mapper, inner, seen);
                if (!reason.isEmpty()) {
                    return "component '" + component.getName() + "' of " + raw.getSimpleName() + ": " + reason;
                }
            }
        }
        String reason = deserializable(mapper, type);
        return reason.isEmpty() && !raw.isRecord() && !type.isAbstract() && isEmpty(mapper, type)
                ? type.toCanonical()
                        + " has nothing that would be stored, neither getters nor public fields; use a record"
                : reason;
    }

    /** Whether whatever such a value holds would be lost. */
    private static boolean isEmpty(ObjectMapper mapper, JavaType type) {
        try {
            return mapper.getSerializerProviderInstance().findValueSerializer(type) instanceof UnknownSerializer;
        } catch (JsonMappingException e) {
            return false; // told where a value is written
        }
    }

    private static String deserializable(ObjectMapper mapper, JavaType type) {
        try {
            mapper.readerFor(type).forType(type).getConfig().introspect(type);
            var context = ((com.fasterxml.jackson.databind.deser.DefaultDeserializationContext)
                            mapper.getDeserializationContext())
                    .createInstance(
                            mapper.getDeserializationConfig(), mapper.createParser(""), mapper.getInjectableValues());
            var deserializer = context.findRootValueDeserializer(type);
            boolean opaque =
                    deserializer instanceof com.fasterxml.jackson.databind.deser.AbstractDeserializer abstractOne
                            && !type.hasHandlers()
                            && mapper.getDeserializationConfig().findTypeDeserializer(type) == null
                            && abstractOne.handledType() == type.getRawClass();
            return opaque
                    ? type.toCanonical()
                            + " is abstract and says nothing about its subtypes; use a record, or name the subtypes"
                            + " with @JsonTypeInfo and @JsonSubTypes"
                    : "";
        } catch (JsonMappingException e) {
            return e.getOriginalMessage();
        } catch (java.io.IOException e) {
            throw new IllegalStateException("a parser on an empty text cannot fail", e);
        }
    }
}
