package dev.yardmaster.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record whose JSON form is its components and nothing else: texts, whole numbers and flags, no annotation that would say
 * more. It is read without data binding; what does not fit exactly is left to that, which knows more, and says what is
 * wrong.
 */
final class PlainRecord {

    private static final Set<Class<?>> PLAIN =
            Set.of(String.class, boolean.class, Boolean.class, int.class, Integer.class, long.class, Long.class);

    private static final ClassValue<Optional<PlainRecord>> KNOWN = new ClassValue<>() {
        @Override
        protected Optional<PlainRecord> computeValue(Class<?> type) {
            return looked(type);
        }
    };

    private final RecordComponent[] components;
    private final Constructor<?> constructor;

    private PlainRecord(RecordComponent[] components, Constructor<?> constructor) {
        this.components = components;
        this.constructor = constructor;
    }

    static Optional<PlainRecord> of(Class<?> type) {
        return KNOWN.get(type);
    }

    private static Optional<PlainRecord> looked(Class<?> type) {
        if (!type.isRecord()
                || type.getAnnotations().length > 0
                || type.getDeclaredConstructors().length > 1
                || hasMoreToSay(type)) {
            return Optional.empty();
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            for (var annotations : constructor.getParameterAnnotations()) {
                if (annotations.length > 0) {
                    return Optional.empty();
                }
            }
            constructor.setAccessible(true);
            return constructor.getAnnotations().length > 0
                    ? Optional.empty()
                    : Optional.of(new PlainRecord(type.getRecordComponents(), constructor));
        } catch (InaccessibleObjectException e) {
            return Optional.empty();
        }
    }

    private static boolean hasMoreAbove(Class<?> type) {
        for (Class<?> above : type.getInterfaces()) {
            if (above.getAnnotations().length > 0 || above.getMethods().length > 0 || hasMoreAbove(above)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasMoreToSay(Class<?> type) {
        if (hasMoreAbove(type)) {
            return true;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!PLAIN.contains(component.getType()) || component.getAnnotations().length > 0) {
                return true;
            }
        }
        for (var field : type.getDeclaredFields()) {
            if (field.getAnnotations().length > 0) {
                return true;
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            String name = method.getName();
            if (method.getAnnotations().length > 0
                    || name.startsWith("get")
                    || name.startsWith("is")
                    || name.startsWith("set")) {
                return true;
            }
        }
        return false;
    }

    /** What a tree says; null when it takes data binding, or does not fit. */
    @Nullable
    Object read(JsonNode tree) {
        if (!tree.isObject()) {
            return null;
        }
        var values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Object value = value(components[i].getType(), tree.path(components[i].getName()));
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            return null; // it refuses its values: data binding will hear the same, and tell it
        }
    }

    private static @Nullable Object value(Class<?> type, JsonNode given) {
        if (type == String.class) {
            return given.isTextual() ? given.textValue() : null;
        }
        if (type == boolean.class || type == Boolean.class) {
            return given.isBoolean() ? given.booleanValue() : null;
        }
        if (type == int.class || type == Integer.class) {
            return given.isInt() ? given.intValue() : null;
        }
        return given.isInt() || given.isLong() ? given.longValue() : null;
    }
}
