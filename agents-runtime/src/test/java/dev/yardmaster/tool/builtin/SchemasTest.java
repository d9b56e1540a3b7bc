package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What models are told of the built-in tools' arguments, beside what agent files and models of the format expect. */
class SchemasTest {

    /** Where more is taken than the format has: its calls fit all the same. */
    private static final Map<String, Set<String>> WIDER = Map.of(
            "Agent",
            Set.of("/properties/model/enum"), // names of models are those of this installation
            "AskUserQuestion",
            Set.of(
                    "/properties/questions/items/required",
                    "/properties/questions/items/properties/options/items/required"));

    private static JsonNode expected() throws IOException {
        try (InputStream stream = SchemasTest.class.getResourceAsStream("schemas.json")) {
            return Json.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .as(JsonNode.class);
        }
    }

    @TestFactory
    Stream<DynamicTest> of_the_format_are_these() throws IOException {
        return expected().properties().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    JsonNode ours = BuiltinTools.all()
                            .find(each.getKey())
                            .orElseThrow()
                            .parameters()
                            .as(JsonNode.class);
                    var differing = new TreeMap<String, String>();
                    compare("", each.getValue(), ours, differing);
                    assertThat(differing.keySet())
                            .as(differing.toString())
                            .isEqualTo(WIDER.getOrDefault(each.getKey(), Set.of()));
                }));
    }

    /** Everything but the words, and that no object takes more than it says. */
    private static void compare(String at, JsonNode expected, JsonNode ours, Map<String, String> differing) {
        if (expected.isObject() && ours.isObject()) {
            var names = new ArrayList<String>();
            expected.fieldNames().forEachRemaining(names::add);
            ours.fieldNames().forEachRemaining(names::add);
            for (String name : names.stream().distinct().toList()) {
                boolean words = name.equals("description") && ours.path(name).isTextual();
                if (!words && !name.equals("additionalProperties")) {
                    compare(at + "/" + name, expected.path(name), ours.path(name), differing);
                }
            }
            if (expected.has("properties") && ours instanceof ObjectNode object) {
                assertThat(object.path("additionalProperties")).as(at).hasToString("false");
            }
        } else if (at.endsWith("/required")
                ? !Set.copyOf(texts(expected)).equals(Set.copyOf(texts(ours)))
                : !expected.equals(ours)) {
            differing.put(at, expected + " is " + ours);
        }
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
