package dev.yardmaster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {

    /** What data binding does: the measure of what is done without it. */
    private static final ObjectMapper BINDING = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String[] TEXTS = {
        "", "a", "Ünïcödé", "\"quoted\"", "line\nend", "\u0000", "𝄞", "\u2028", "</x>"
    };

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> TEXTS[random.nextInt(TEXTS.length)];
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> random.nextBoolean();
            case 4 -> Json.of(Map.of("inner", random.nextInt(10)));
            case 5 -> {
                var elements = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(random.nextInt(5) == 0 ? null : value(random, depth - 1));
                }
                yield elements;
            }
            default -> {
                Map<String, Object> map = random.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(TEXTS[random.nextInt(TEXTS.length)] + i, value(random, depth - 1));
                }
                yield map;
            }
        };
    }

    @Test
    void writes_what_data_binding_writes() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            Object value = value(new Random(seed), 4);
            assertThat(PlainJson.text(new JsonFactory(), value))
                    .as("seed %d", seed)
                    .isEqualTo(BINDING.writeValueAsString(value));
        }
    }

    @Test
    void reads_the_tree_that_data_binding_reads() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            String text = BINDING.writeValueAsString(value(new Random(seed), 4));
            assertThat(PlainJson.tree(new JsonFactory(), text))
                    .as("seed %d", seed)
                    .isEqualTo(BINDING.readTree(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0",
                "2147483648",
                "9223372036854775808",
                "1.0",
                "1e400",
                "-1.5E-7",
                "null",
                "[]",
                "{}",
                "{\"a\":1,\"a\":2}",
                "[1,[2,[3]]]"
            })
    void reads_every_kind_of_number_and_bracket_as_data_binding_does(String text) throws IOException {
        assertThat(PlainJson.tree(new JsonFactory(), text)).isEqualTo(BINDING.readTree(text));
    }

    private enum Colour {
        RED
    }

    @Test
    void leaves_other_values_to_data_binding() throws IOException {
        var factory = new JsonFactory();
        assertThat(PlainJson.text(factory, Colour.RED)).isNull();
        assertThat(PlainJson.text(factory, List.of("a", 1.5))).isNull();
        assertThat(PlainJson.text(factory, Map.of(1, "a"))).isNull();
        assertThat(PlainJson.text(factory, Map.of("a", List.of(BigInteger.ONE))))
                .isNull();
        assertThat(Json.of(Map.of("a", List.of(Colour.RED, 1.5))).text()).isEqualTo("{\"a\":[\"RED\",1.5]}");
    }

    @Test
    void leaves_a_map_with_an_order_of_its_own_to_data_binding_which_keeps_it() throws IOException {
        var backwards = new TreeMap<String, Object>(Comparator.reverseOrder());
        backwards.putAll(Map.of("a", 1, "b", 2, "c", 3));
        assertThat(BINDING.writeValueAsString(backwards)).isEqualTo("{\"c\":3,\"b\":2,\"a\":1}");
        assertThat(Json.of(Map.of("inner", backwards)).text()).isEqualTo("{\"inner\":{\"c\":3,\"b\":2,\"a\":1}}");
        assertThat(PlainJson.text(new JsonFactory(), new TreeMap<>(Map.of("b", 1, "a", 2))))
                .isEqualTo("{\"a\":2,\"b\":1}");
    }

    @Nested
    class A_plain_record {

        record Order(String id, int quantity, Long price, boolean gift) {}

        record Narrow(String id) {
            Narrow {
                if (id.isBlank()) {
                    throw new IllegalArgumentException("an order needs an id");
                }
            }
        }

        record Renamed(@JsonProperty("name") String id) {}

        record Nested(Narrow inner) {}

        record Wide(String id, double share) {}

        record Telling(String id) {
            public boolean isGift() {
                return id.isEmpty();
            }
        }

        interface Named {
            String getName();
        }

        record Person(String id) implements Named {
            @Override
            public String getName() {
                return id;
            }
        }

        @JsonIgnoreProperties("note")
        interface Noted {}

        interface Above extends Noted {}

        record Remark(String id, String note) implements Above {}

        interface Silent {}

        record Quiet(String id) implements Silent {}

        @Test
        void may_have_a_name_that_says_nothing() {
            assertThat(Json.isPlainRecord(Quiet.class)).isTrue();
        }

        @Test
        void is_none_where_something_is_said_far_above_it() throws JsonProcessingException {
            assertThat(Json.isPlainRecord(Remark.class)).isFalse();
            String text = "{\"id\":\"a\",\"note\":\"b\"}";
            assertThat(Json.parse(text).as(Remark.class)).isEqualTo(BINDING.readValue(text, Remark.class));
        }

        @Test
        void is_one_of_texts_whole_numbers_and_flags_without_annotations() {
            assertThat(Json.isPlainRecord(Order.class)).isTrue();
            assertThat(Json.isPlainRecord(Narrow.class)).isTrue();
            assertThat(Json.isPlainRecord(Fact.NodeStarted.class)).isTrue();
            assertThat(List.of(
                            Renamed.class,
                            Nested.class,
                            Wide.class,
                            Telling.class,
                            Person.class,
                            String.class,
                            RunId.class))
                    .noneMatch(Json::isPlainRecord);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"id\":\"a\",\"quantity\":2,\"price\":3,\"gift\":true}",
                    "{\"gift\":false,\"id\":\"\",\"more\":[1],\"quantity\":-1,\"price\":4000000000}",
                    "{\"id\":\"a\"}",
                    "{\"id\":null,\"quantity\":null,\"price\":null}",
                    "{\"id\":1,\"quantity\":\"2\",\"price\":\"3\",\"gift\":\"true\"}",
                    "{\"id\":\"a\",\"quantity\":2.0,\"price\":2.5}",
                    "{}"
                })
        void is_read_as_data_binding_reads_it(String text) throws JsonProcessingException {
            Order bound = BINDING.readValue(text, Order.class);
            assertThat(Json.parse(text).as(Order.class)).isEqualTo(bound);
            assertThat(Json.of(BINDING.readTree(text)).as(Order.class)).isEqualTo(bound);
            Order whole = Json.parse(text).as((Type) Order.class);
            assertThat(whole).isEqualTo(bound);
        }

        @Test
        void that_refuses_its_values_says_so_as_others_do() {
            assertThatThrownBy(() -> Json.parse("{\"id\":\" \"}").as(Narrow.class))
                    .isInstanceOf(InvalidJsonException.class)
                    .hasMessageContaining("an order needs an id");
        }

        @Test
        void is_told_from_what_is_no_object() {
            assertThatThrownBy(() -> Json.parse("[1]").as(Order.class)).isInstanceOf(InvalidJsonException.class);
            assertThatThrownBy(() -> Json.parse("{\"quantity\":\"many\"}").as(Order.class))
                    .isInstanceOf(InvalidJsonException.class)
                    .hasMessageContaining("many");
        }
    }

    @Test
    void a_tree_is_asked_for_as_often_as_it_is_changed() {
        Json json = Json.of(Map.of("a", 1));
        ((ObjectNode) json.as(JsonNode.class)).put("a", 2);
        assertThat(json.as(JsonNode.class).get("a").asInt()).isEqualTo(1);
    }
}
