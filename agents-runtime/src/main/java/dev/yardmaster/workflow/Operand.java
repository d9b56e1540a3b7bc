package dev.yardmaster.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a condition looks at: a channel or a part of an element, a field of a record, or the size of either.
 *
 * @param name as it was written
 * @param root where it begins
 * @param fields the way into the record
 * @param found the type of what is there
 * @param size whether its size is meant
 */
record Operand(String name, String root, List<String> fields, ValueType found, boolean size) {

    private static final String SIZE = "size";

    /** @throws Condition.Unreadable says what there is instead */
    static Operand of(String name, Scope scope) throws Condition.Unreadable {
        var way = List.of(name.split("\\."));
        String root = way.getFirst();
        ValueType type = scope.types().get(root);
        if (type == null) {
            throw new Condition.Unreadable("'" + root + "' is no " + scope.what()
                    + (scope.what().equals("channel")
                            ? ""
                            : "; there is " + String.join(", ", scope.types().keySet()))
                    + DidYouMean.hint(root, scope.types().keySet()));
        }
        var fields = new ArrayList<String>();
        for (int i = 1; i < way.size(); i++) {
            String field = way.get(i);
            if (type.kind() == ChannelKind.RECORD && type.fields().containsKey(field)) {
                type = type.fields().get(field);
                fields.add(field);
            } else if (field.equals(SIZE) && i == way.size() - 1 && hasSize(type)) {
                return new Operand(name, root, fields, type, true);
            } else {
                throw new Condition.Unreadable(noField(String.join(".", way.subList(0, i)), field, type));
            }
        }
        return new Operand(name, root, fields, type, false);
    }

    /** The type of its value. */
    ValueType type() {
        return size ? ValueType.of(ChannelKind.NUMBER) : found;
    }

    private static boolean hasSize(ValueType type) {
        return type.kind() == ChannelKind.TEXT || type.kind().isList();
    }

    private static String noField(String of, String field, ValueType type) {
        String there = type.kind() == ChannelKind.RECORD
                ? "; it has " + String.join(", ", type.fields().keySet())
                        + DidYouMean.hint(field, type.fields().keySet())
                : hasSize(type) ? "; it has " + SIZE : "";
        String each = type.kind() == ChannelKind.RECORDS && type.fields().containsKey(field)
                ? "; its elements have: write any " + of + " (" + field + " …)"
                : there;
        return "'" + of + "', a " + type.kind().word() + ", has no '" + field + "'" + each;
    }

    /** Empty when nothing was written. */
    Optional<Object> value(Scope.Values values) {
        Optional<Object> value = values.find(root).map(whole -> fields.isEmpty() ? whole : field((Json) whole));
        return value.map(each -> size ? (Object) (double) sizeOf(each) : each);
    }

    /** What an element of this list has, for the names in {@link Scope#ofElements}. */
    Scope.Values valuesOf(Object element) {
        if (element instanceof Json record) {
            JsonNode node = record.as(JsonNode.class);
            return name -> Optional.ofNullable(
                    converted(node.path(name), found.fields().get(name)));
        }
        return name -> Optional.of(element);
    }

    private @Nullable Object field(Json record) {
        JsonNode node = record.as(JsonNode.class);
        for (String field : fields) {
            node = node.path(field);
        }
        return converted(node, found);
    }

    private static @Nullable Object converted(JsonNode node, ValueType type) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        return switch (type.kind()) {
            case TEXT -> node.asText();
            case NUMBER -> node.asDouble();
            case FLAG -> node.asBoolean();
            case RECORD -> Json.of(node);
            case TEXTS, RECORDS -> {
                var elements = new ArrayList<Object>();
                node.forEach(each -> elements.add(converted(each, type.element())));
                yield elements;
            }
        };
    }

    private static int sizeOf(Object value) {
        return value instanceof List<?> list ? list.size() : value.toString().length();
    }
}
