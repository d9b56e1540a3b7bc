package dev.yardmaster.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a condition looks at: a channel, a field of a record, or the size of either.
 *
 * @param name as it was written
 * @param fields the way into the record
 * @param size whether its size is meant
 */
record Operand(String name, WorkflowChannel channel, List<String> fields, ValueType type, boolean size) {

    private static final String SIZE = "size";

    /** @throws Condition.Unreadable says what there is instead */
    static Operand of(String name, Map<String, WorkflowChannel> channels) throws Condition.Unreadable {
        var way = List.of(name.split("\\."));
        WorkflowChannel channel = channels.get(way.getFirst());
        if (channel == null) {
            throw new Condition.Unreadable(
                    "'" + way.getFirst() + "' is no channel" + DidYouMean.hint(way.getFirst(), channels.keySet()));
        }
        ValueType type = channel.type();
        var fields = new ArrayList<String>();
        for (int i = 1; i < way.size(); i++) {
            String field = way.get(i);
            if (type.kind() == ChannelKind.RECORD && type.fields().containsKey(field)) {
                type = type.fields().get(field);
                fields.add(field);
            } else if (field.equals(SIZE) && i == way.size() - 1 && hasSize(type)) {
                return new Operand(name, channel, fields, ValueType.of(ChannelKind.NUMBER), true);
            } else {
                throw new Condition.Unreadable(noField(String.join(".", way.subList(0, i)), field, type));
            }
        }
        return new Operand(name, channel, fields, type, false);
    }

    private static boolean hasSize(ValueType type) {
        return type.kind() == ChannelKind.TEXT || type.kind().isList();
    }

    private static String noField(String of, String field, ValueType type) {
        String there = type.kind() == ChannelKind.RECORD
                ? "; it has " + String.join(", ", type.fields().keySet())
                        + DidYouMean.hint(field, type.fields().keySet())
                : hasSize(type) ? "; it has " + SIZE : "";
        return "'" + of + "', a " + type.kind().word() + ", has no '" + field + "'" + there;
    }

    /** Empty when nothing was written. */
    Optional<Object> value(State state) {
        Optional<Object> value =
                state.find(channel.channel()).map(whole -> fields.isEmpty() ? whole : field((Json) whole));
        return value.map(each -> size ? (Object) (double) sizeOf(each) : each);
    }

    private @Nullable Object field(Json record) {
        JsonNode node = record.as(JsonNode.class);
        for (String field : fields) {
            node = node.path(field);
        }
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (node.isArray()) {
            var elements = new ArrayList<String>();
            node.forEach(each -> elements.add(each.isTextual() ? each.asText() : each.toString()));
            return elements;
        }
        return node.isNumber()
                ? (Object) node.asDouble()
                : node.isBoolean() ? (Object) node.asBoolean() : node.asText();
    }

    private static int sizeOf(Object value) {
        return value instanceof List<?> list ? list.size() : value.toString().length();
    }
}
