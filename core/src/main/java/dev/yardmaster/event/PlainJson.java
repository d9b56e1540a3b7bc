package dev.yardmaster.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON of values that need no data binding: texts, whole numbers, flags, and collections and maps of them are written, trees
 * are read. The same as Jackson's data binding does, without its five hundred classes, which an application's first run
 * need not wait for (docs/decisions/0131).
 */
final class PlainJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlainJson() {}

    /** The text of a value; null when it takes data binding. */
    static @Nullable String text(JsonFactory factory, @Nullable Object value) throws IOException {
        BufferRecycler buffers = factory._getBufferRecycler();
        try (var out = new SegmentedStringWriter(buffers);
                JsonGenerator generator = factory.createGenerator(out)) {
            if (!write(generator, value)) {
                return null;
            }
            generator.flush();
            return out.getAndClear();
        } finally {
            buffers.releaseToPool();
        }
    }

    /** @return false when there is something in it that takes data binding; what was written is of no use then */
    private static boolean write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Integer number) {
            generator.writeNumber(number);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Json json) {
            generator.writeRawValue(json.text());
        } else if (value instanceof Map<?, ?> map && isOfTheJdk(value)) {
            return writeMap(generator, map);
        } else if (value instanceof Collection<?> elements && isOfTheJdk(value)) {
            return writeElements(generator, elements);
        } else {
            return false;
        }
        return true;
    }

    /** Others may say by annotations how they are written. */
    private static boolean isOfTheJdk(Object value) {
        return value.getClass().getName().startsWith("java.util.");
    }

    private static boolean writeMap(JsonGenerator generator, Map<?, ?> map) throws IOException {
        if (map instanceof SortedMap<?, ?> ordered && ordered.comparator() != null) {
            return false; // data binding keeps its order
        }
        var sorted = new TreeMap<String, @Nullable Object>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                return false;
            }
            sorted.put(name, entry.getValue());
        }
        generator.writeStartObject();
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            generator.writeFieldName(entry.getKey());
            if (!write(generator, entry.getValue())) {
                return false;
            }
        }
        generator.writeEndObject();
        return true;
    }

    private static boolean writeElements(JsonGenerator generator, Collection<?> elements) throws IOException {
        generator.writeStartArray();
        for (Object element : elements) {
            if (!write(generator, element)) {
                return false;
            }
        }
        generator.writeEndArray();
        return true;
    }

    /** The tree of a text; null when it is no JSON text, which data binding has words for. */
    static @Nullable JsonNode tree(JsonFactory factory, String text) throws IOException {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                return null;
            }
            JsonNode tree = tree(parser);
            return parser.nextToken() == null ? tree : null;
        }
    }

    /** As deep as the parser lets a text be: a thousand levels. */
    private static JsonNode tree(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var object = NODES.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, tree(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(tree(parser));
                }
                yield array;
            }
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.textNode(parser.getText());
        };
    }

    private static JsonNode whole(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }
}
