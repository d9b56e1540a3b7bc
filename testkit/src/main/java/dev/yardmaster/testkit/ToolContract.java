package dev.yardmaster.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.workspace.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every tool has to keep, whatever a model writes. A test of yours implements this and needs JUnit. No call is run:
 * what a tool does is for its own tests.
 */
public interface ToolContract {

    Tool tool();

    /** Arguments that fit, by name. */
    Map<String, ?> arguments();

    /** Where calls are looked at. Any folder will do for most tools. */
    Workspace workspace();

    private ToolCall call(Json arguments) {
        return new ToolCall("call-1", tool().name(), arguments);
    }

    /** What models have been seen to write, and what they might. */
    private List<Json> junk() {
        var junk = new ArrayList<Json>();
        List.of("null", "[]", "{}", "\"text\"", "12", "true", "[{}]", "{\"no such parameter\": 1}").stream()
                .map(Json::parse)
                .forEach(junk::add);
        for (Object value :
                new Object[] {null, "", "\u0000", 12, -1e300, true, List.of(), Map.of("a", 1), "x".repeat(10_000)}) {
            var all = new LinkedHashMap<String, Object>();
            parameters().fieldNames().forEachRemaining(name -> all.put(name, value));
            junk.add(Json.of(all));
        }
        return junk;
    }

    private JsonNode parameters() {
        return tool().parameters().as(JsonNode.class).path("properties");
    }

    /** Providers refuse others. */
    @Test
    default void has_names_that_every_model_can_write() {
        assertThat(tool().name()).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(tool().aliases()).allMatch(alias -> alias.matches("[a-zA-Z0-9_-]{1,64}"));
    }

    @Test
    default void says_what_it_is_for() {
        assertThat(tool().description()).isNotBlank();
    }

    @Test
    default void describes_its_parameters_as_the_schema_of_an_object() {
        JsonNode schema = tool().parameters().as(JsonNode.class);
        assertThat(schema.path("type").asText()).as("type").isEqualTo("object");
        assertThat(schema.path("properties").isObject())
                .as("properties is an object")
                .isTrue();
        var names = new ArrayList<String>();
        parameters().fieldNames().forEachRemaining(names::add);
        schema.path("required")
                .forEach(required -> assertThat(names).as("properties").contains(required.asText()));
    }

    @Test
    default void takes_the_arguments_that_fit() {
        ToolCall call = call(Json.of(arguments()));
        assertThat(tool().accesses(call, workspace()))
                .as("accesses of %s", call)
                .isNotNull();
        assertThat(tool().effect(call)).as("effect of %s", call).isNotNull();
    }

    /** The effect is asked before anything is checked, and again after a crash. */
    @Test
    default void tells_the_effect_of_any_call() {
        for (Json each : junk()) {
            try {
                assertThat(tool().effect(call(each))).as("effect of %s", each).isNotNull();
            } catch (RuntimeException e) {
                fail("effect(…) threw for " + each + "; ONCE is the safe answer", e);
            }
        }
    }

    /** The policy decides by what a call touches: it must be told, or the call refused in words for the model. */
    @Test
    default void tells_what_any_call_touches_or_refuses_it() {
        for (Json each : junk()) {
            try {
                assertThat(tool().accesses(call(each), workspace()))
                        .as("accesses of %s", each)
                        .isNotNull();
            } catch (InvalidArgumentsException e) {
                assertThat(e).as("refusal of %s", each).message().isNotBlank();
            } catch (RuntimeException e) {
                fail(
                        "accesses(…) threw for " + each
                                + "; an InvalidArgumentsException tells the model what is wrong",
                        e);
            }
        }
    }

    @Test
    default void refuses_arguments_that_are_no_object() {
        for (String each : List.of("[]", "\"text\"", "12")) {
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .as("arguments %s", each)
                    .isThrownBy(() -> tool().accesses(call(Json.parse(each)), workspace()));
        }
    }
}
