package dev.yardmaster.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** JSON texts, read token by token: numbers stay as they are spelled, and nothing is bound to types. */
final class JsonText {

    private JsonText() {}

    /** A number, as it is spelled. */
    private record Spelled(String number) {}

    /**
     * The one value of a text, without white space.
     *
     * @throws JacksonException when it is none, holds more, or has a key twice in one object
     */
    static String compact(JsonFactory factory, String text) throws JacksonException {
        try (JsonParser parser = factory.createParser(text)) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "it is empty");
            }
            String copied = copy(factory, parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more after its end");
            }
            return copied;
        } catch (JacksonException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
    }

    /** The value that a parser stands at, without white space; the parser stands at its last token then. */
    static String copy(JsonParser parser) throws IOException {
        return copy(parser.getCodec().getFactory(), parser);
    }

    private static String copy(JsonFactory factory, JsonParser parser) throws IOException {
        var out = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(out)) {
            int depth = 0;
            while (true) {
                JsonToken token = parser.currentToken();
                if (token.isNumeric()) {
                    generator.writeNumber(parser.getText());
                } else {
                    generator.copyCurrentEvent(parser);
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 0) {
                    break;
                }
                if (parser.nextToken() == null) {
                    throw new JsonParseException(parser, "it ends in the middle");
                }
            }
        }
        return out.toString();
    }

    /** A text that is JSON, with every string in it passed through a function; keys stay. */
    static String mapped(JsonFactory factory, String text, UnaryOperator<String> change) {
        var out = new StringWriter(text.length());
        try (JsonParser parser = factory.createParser(text);
                JsonGenerator generator = factory.createGenerator(out)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    generator.writeString(change.apply(parser.getText()));
                } else if (token.isNumeric()) {
                    generator.writeNumber(parser.getText());
                } else {
                    generator.copyCurrentEvent(parser);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text that was rendered here is JSON", e);
        }
        return out.toString();
    }

    /** A text that is JSON, with the keys of every object sorted; the same text when they are. */
    static String canonical(JsonFactory factory, String text) {
        try {
            return isSorted(factory, text) ? text : sorted(factory, text);
        } catch (IOException e) {
            throw new UncheckedIOException("a text that was rendered here is JSON", e);
        }
    }

    private static boolean isSorted(JsonFactory factory, String text) throws IOException {
        Deque<String> last = new ArrayDeque<>();
        try (JsonParser parser = factory.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    last.push("");
                } else if (token == JsonToken.END_OBJECT) {
                    last.pop();
                } else if (token == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    if (last.pop().compareTo(name) > 0) {
                        return false;
                    }
                    last.push(name);
                }
            }
        }
        return true;
    }

    private static String sorted(JsonFactory factory, String text) throws IOException {
        var out = new StringWriter(text.length());
        try (JsonParser parser = factory.createParser(text);
                JsonGenerator generator = factory.createGenerator(out)) {
            parser.nextToken();
            write(generator, read(parser));
        }
        return out.toString();
    }

    /** As deep as the parser lets a text be: a thousand levels. */
    private static @Nullable Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var fields = new TreeMap<String, @Nullable Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, read(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                var elements = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Spelled(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        switch (value) {
            case Map<?, ?> fields -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> field : fields.entrySet()) {
                    generator.writeFieldName(String.valueOf(field.getKey()));
                    write(generator, field.getValue());
                }
                generator.writeEndObject();
            }
            case List<?> elements -> {
                generator.writeStartArray();
                for (Object element : elements) {
                    write(generator, element);
                }
                generator.writeEndArray();
            }
            case Spelled spelled -> generator.writeNumber(spelled.number());
            case Boolean flag -> generator.writeBoolean(flag);
            case null -> generator.writeNull();
            default -> generator.writeString(String.valueOf(value));
        }
    }
}
