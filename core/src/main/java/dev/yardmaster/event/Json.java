package dev.yardmaster.event;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value. Made from an object it is rendered only when somebody asks for its text, so that a run nobody stores
 * pays nothing for it. Two are equal, and have the same hash, when their canonical forms are: without white space, the
 * keys of every object sorted, numbers spelled as they were written (so {@code 1} is not {@code 1.0}). A text that
 * somebody else wrote keeps the order of its keys, which means something to a model that reads a schema. Types are never
 * named in it, and no class is loaded because of it.
 */
@JsonDeserialize(using = Json.Reader.class)
@JsonSerialize(using = Json.Writer.class)
public final class Json {

    /** For texts. */
    private static final class Texts {
        /** Its buffers are pooled, not kept for each thread: a run's thread is a new one, and would start with new buffers. */
        static final JsonFactory FACTORY = JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .build();
    }

    /** Made when a value is written or read that needs it: see {@link PlainJson}. */
    private static final class Mapper {
        static final ObjectMapper MAPPER = JsonMapper.builder(Texts.FACTORY)
                .addModule(new Jdk8Module())
                .addModule(new TimeTypes())
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private static final Json NULL = new Json("null", null);

    private final @Nullable Object value;
    private volatile @Nullable String text;
    private volatile @Nullable String canonical;

    private Json(@Nullable String text, @Nullable Object value) {
        this.text = text;
        this.value = value;
    }

    /** The JSON value {@code null}. */
    public static Json none() {
        return NULL;
    }

    /** The JSON form of a value; rendered when first needed. The value must not change afterwards. */
    public static Json of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        return value instanceof Json json ? json : new Json(null, value);
    }

    /**
     * A JSON text somebody else wrote. Numbers are kept digit by digit. An object that has a key twice is refused: of two
     * values, one would be checked and the other used.
     *
     * @throws InvalidJsonException when it is not JSON; says where
     */
    public static Json parse(String text) {
        try {
            return new Json(JsonText.compact(Texts.FACTORY, text), null);
        } catch (JacksonException e) {
            throw new InvalidJsonException("not JSON: " + problem(e), e);
        }
    }

    /**
     * What a text that was rendered here says: that it is JSON, and has no key twice, is not looked at once more.
     *
     * @throws InvalidJsonException when it does not fit
     */
    static <T> T read(String rendered, Class<T> type) {
        return new Json(rendered, null).as(type);
    }

    /** A value as it goes into a larger one: its text, as it is. */
    static final class Writer extends JsonSerializer<Json> {

        @Override
        public void serialize(Json json, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeRawValue(json.text());
        }
    }

    /** A value as it comes out of a stored one. */
    static final class Reader extends JsonDeserializer<Json> {

        @Override
        public Json deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return new Json(JsonText.copy(parser), null);
        }
    }

    /**
     * The JSON text.
     *
     * @throws InvalidJsonException when the value has no JSON form
     */
    public String text() {
        String known = text;
        if (known != null) {
            return known;
        }
        try {
            String plain = PlainJson.text(Texts.FACTORY, value);
            String rendered = plain == null ? Mapper.MAPPER.writeValueAsString(value) : plain;
            text = rendered;
            return rendered;
        } catch (JacksonException e) {
            throw new InvalidJsonException(
                    "a " + (value == null ? "null" : value.getClass().getName()) + " has no JSON form: " + problem(e)
                            + "; use records, collections, strings, numbers and booleans",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be written", e);
        }
    }

    /**
     * The value as {@code type}, read from the text.
     *
     * @throws InvalidJsonException when it does not fit
     */
    public <T> T as(Class<T> type) {
        Object plain = plain(type);
        return plain == null ? read(Mapper.MAPPER.constructType(type)) : type.cast(plain);
    }

    /** The value as a type that needs no data binding; null when it does. */
    private @Nullable Object plain(Class<?> type) {
        if (type != JsonNode.class && PlainRecord.of(type).isEmpty()) {
            return null;
        }
        try {
            JsonNode tree = value instanceof JsonNode node && type != JsonNode.class
                    ? node
                    : PlainJson.tree(Texts.FACTORY, text());
            return tree == null || type == JsonNode.class
                    ? tree
                    : PlainRecord.of(type).orElseThrow().read(tree);
        } catch (IOException e) {
            return null; // data binding has the words for it
        }
    }

    /** The value as a generic type, such as {@code List<Note>}. */
    public <T> T as(Type type) {
        return read(Mapper.MAPPER.constructType(type));
    }

    private <T> T read(JavaType type) {
        try {
            return value instanceof TreeNode tree && !type.isTypeOrSubTypeOf(TreeNode.class) // which may be changed
                    ? Mapper.MAPPER.treeToValue(tree, type)
                    : Mapper.MAPPER.readValue(text(), type);
        } catch (JacksonException e) {
            throw new InvalidJsonException(
                    "this JSON does not fit " + type.toCanonical() + ": " + problem(e) + "; it starts "
                            + shortened(text()),
                    e);
        }
    }

    /** Whether this is the JSON value {@code null}. */
    public boolean isNull() {
        return this == NULL || text().equals("null");
    }

    /**
     * The same with every string in it passed through a function; itself where that changes nothing. Keys stay, and so does
     * data ({@link DataUri}), in which there are no words.
     */
    public Json withStrings(UnaryOperator<String> change) {
        String changed =
                JsonText.mapped(Texts.FACTORY, text(), each -> DataUri.isOne(each) ? each : change.apply(each));
        return changed.equals(text()) ? this : new Json(changed, null);
    }

    private String canonical() {
        String known = canonical;
        if (known == null) {
            known = JsonText.canonical(Texts.FACTORY, text());
            canonical = known;
        }
        return known;
    }

    /** The {@link #sha256} as a JSON string that is computed when somebody asks for its text. */
    public Json digest() {
        return new Json(null, new Digest(this));
    }

    private record Digest(Json of) {
        @JsonValue
        String sha256() {
            return of.sha256();
        }
    }

    /** The SHA-256 of the canonical form in hexadecimal: equal values have equal hashes. */
    public String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Whether values of this type can be written as JSON and read back; the reason when not, else the empty string.
     * Looks at the type alone.
     */
    public static String whyNoJsonForm(Type type) {
        if (JsonForm.isSure(type)) {
            return "";
        }
        return JsonForm.problem(Mapper.MAPPER, Mapper.MAPPER.constructType(type));
    }

    /** Whether a type is a record whose form is its components: texts, whole numbers and flags, without any annotation. */
    public static boolean isPlainRecord(Type type) {
        return type instanceof Class<?> raw && PlainRecord.of(raw).isPresent();
    }

    private static String problem(JacksonException e) {
        var location = e.getLocation();
        String where = location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return e.getOriginalMessage() + where;
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "…";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json that
                && (text().equals(that.text()) || canonical().equals(that.canonical()));
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
