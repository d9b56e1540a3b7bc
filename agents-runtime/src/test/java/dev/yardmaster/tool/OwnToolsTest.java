package dev.yardmaster.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.TextContent;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.event.DataUri;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnToolsTest {

    @TempDir
    Path folder;

    ToolResult run(Tool tool, String arguments) throws Exception {
        Workspace workspace = Workspace.of(folder);
        ToolCall call = new ToolCall("1", tool.name(), Json.parse(arguments));
        tool.accesses(call, workspace);
        return tool.run(call, new ToolContext(workspace, new ReadFiles(), line -> {}));
    }

    enum Size {
        SMALL,
        LARGE
    }

    record Line(String article, int quantity) {}

    record Order(
            @JsonPropertyDescription("such as A-17") String id,
            Size size,
            List<Line> lines,
            Optional<Integer> priority,
            boolean express) {}

    static final String ORDER =
            "{\"id\":\"A-17\",\"size\":\"LARGE\",\"lines\":[{\"article\":\"nut\",\"quantity\":2}],\"express\":\"true\"}";

    @Nested
    class A_function {

        final FunctionTool<Order> tool = FunctionTool.of("PlaceOrder", "Places an order", Order.class, order -> order);

        @Test
        void is_described_by_its_record() {
            assertThat(tool.parameters().as(Object.class))
                    .isEqualTo(Json.parse("""
                                    {"type": "object", "additionalProperties": false,
                                     "required": ["id", "size", "lines", "express"], "properties": {
                                      "id": {"type": "string", "description": "such as A-17"},
                                      "size": {"type": "string", "enum": ["SMALL", "LARGE"]},
                                      "lines": {"type": "array", "items": {"type": "object", "additionalProperties": false,
                                        "required": ["article", "quantity"], "properties": {
                                          "article": {"type": "string"}, "quantity": {"type": "integer"}}}},
                                      "priority": {"type": "integer"}, "express": {"type": "boolean"}}}
                                    """).as(Object.class));
        }

        @Test
        void gets_its_arguments_as_a_record_and_answers_in_json() throws Exception {
            assertThat(run(tool, ORDER).forModel())
                    .isEqualTo("{\"express\":true,\"id\":\"A-17\",\"lines\":[{\"article\":\"nut\",\"quantity\":2}],"
                            + "\"priority\":null,\"size\":\"LARGE\"}");
        }

        @Test
        void is_not_called_with_arguments_that_do_not_fit() {
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .isThrownBy(() -> run(tool, "{\"id\":\"A-17\",\"size\":\"HUGE\",\"lines\":[],\"colour\":1}"))
                    .withMessageContaining("'size' has to be one of")
                    .withMessageContaining("there is no parameter 'colour'")
                    .withMessageContaining("the parameter 'express' is missing");
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .isThrownBy(() -> run(tool, ORDER.replace("2", "\"two\"")))
                    .withMessageContaining("PlaceOrder: 'lines[0].quantity' has to be of type integer, not \"two\"");
        }

        @Test
        void takes_lists_and_numbers_inside_of_them_that_are_written_as_text() throws Exception {
            String asText = ORDER.replace(
                    "[{\"article\":\"nut\",\"quantity\":2}]",
                    "\"[{\\\"article\\\":\\\"nut\\\",\\\"quantity\\\":\\\" 2\\\"}]\"");
            assertThat(run(tool, asText).forModel()).contains("\"lines\":[{\"article\":\"nut\",\"quantity\":2}]");
        }

        record Branch(@JsonPropertyDescription("its name") String name, List<Branch> branches) {}

        @Test
        void may_take_a_record_that_holds_itself() throws Exception {
            Tool growing = FunctionTool.of(
                    "Grow", "grows", Branch.class, branch -> branch.branches().size());
            assertThat(growing.parameters().text())
                    .contains("\"type\":\"object\"", "\"description\":\"its name\"", "\"$ref\":\"#/$defs/Branch\"");
            assertThat(run(growing, "{\"name\":\"a\",\"branches\":[{\"name\":\"b\",\"branches\":[]}]}")
                            .forModel())
                    .isEqualTo("1");
        }

        @Test
        void happens_once_unless_it_says_otherwise() {
            ToolCall call = new ToolCall("1", "PlaceOrder", Json.parse(ORDER));
            assertThat(tool.effect(call)).isEqualTo(Effect.ONCE);
            assertThat(tool.withEffect(Effect.READ_ONLY).effect(call)).isEqualTo(Effect.READ_ONLY);
            Workspace workspace = Workspace.of(folder);
            Policy policy = Policy.of(Mode.DEFAULT);
            assertThat(policy.decide(tool, call, workspace).behavior()).isEqualTo(Behavior.ASK);
            assertThat(policy.with(Rule.allow("PlaceOrder", "t"))
                            .decide(tool, call, workspace)
                            .behavior())
                    .isEqualTo(Behavior.ALLOW);
            assertThat(policy.decide(tool.withEffect(Effect.READ_ONLY), call, workspace)
                            .behavior())
                    .isEqualTo(Behavior.ALLOW);
        }

        @Test
        void that_throws_tells_the_model_the_message() throws Exception {
            Tool failing = FunctionTool.of("Fail", "fails", Line.class, line -> {
                throw new IllegalStateException("no " + line.article() + " left");
            });
            assertThat(run(failing, "{\"article\":\"nut\",\"quantity\":1}"))
                    .isEqualTo(new ToolResult.Failed("no nut left"));
        }

        @Test
        void that_is_interrupted_ends_with_its_run() {
            Tool waiting = FunctionTool.of("Wait", "waits", Line.class, line -> {
                throw new InterruptedException();
            });
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> run(waiting, "{\"article\":\"nut\",\"quantity\":1}"));
        }

        record Odd(Thread thread) {}

        @Test
        void that_cannot_be_described_is_refused() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> FunctionTool.of("Odd", "odd", Odd.class, odd -> odd))
                    .withMessageContaining("tool 'Odd' cannot take a")
                    .withMessageContaining("component 'thread' of Odd: java.lang.Thread has no fixed form");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> FunctionTool.of("place order", "x", Line.class, line -> line))
                    .withMessageContaining("'place order' is no name for a tool");
        }
    }

    static final class OrderTools {

        @dev.langchain4j.agent.tool.Tool("Finds an order by its number")
        @ToolEffect(Effect.READ_ONLY)
        Map<String, Object> findOrder(
                @P("such as A-17") String id, @P(value = "how much", required = false) Integer depth) {
            return Map.of("id", id, "depth", depth == null ? 0 : depth);
        }

        @dev.langchain4j.agent.tool.Tool(name = "cancel-order", value = "Cancels an order")
        void cancel(@P(name = "number", description = "its number") String id, Size size, List<Line> lines) {
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("the order '" + id + "' of size " + size + " is empty");
            }
        }
    }

    @Nested
    class An_object_with_tool_methods {

        final ToolSet tools = ToolSet.of(ToolMethods.of(new OrderTools()));

        @Test
        void is_as_many_tools_as_it_has_methods() {
            assertThat(tools.names()).containsExactly("cancel-order", "findOrder");
            Tool find = tools.find("findOrder").orElseThrow();
            assertThat(find.description()).isEqualTo("Finds an order by its number");
            assertThat(find.parameters().text())
                    .contains("\"id\":{\"description\":\"such as A-17\",\"type\":\"string\"}")
                    .contains("\"required\":[\"id\"]");
            assertThat(tools.find("cancel-order").orElseThrow().parameters().text())
                    .contains("\"number\":{\"description\":\"its number\",\"type\":\"string\"}")
                    .contains("\"size\":{\"enum\":[\"SMALL\",\"LARGE\"],\"type\":\"string\"}")
                    .contains("\"lines\":{\"items\":{\"properties\":{\"article\":{\"type\":\"string\"}");
        }

        @Test
        void is_called_with_what_the_model_wrote() throws Exception {
            Tool find = tools.find("findOrder").orElseThrow();
            assertThat(run(find, "{\"id\":\"A-17\",\"depth\":\"3\"}").forModel())
                    .isEqualTo("{\"depth\":3,\"id\":\"A-17\"}");
            assertThat(run(find, "{\"id\":\"A-17\"}").forModel()).isEqualTo("{\"depth\":0,\"id\":\"A-17\"}");
            Tool cancel = tools.find("cancel-order").orElseThrow();
            assertThat(run(
                            cancel,
                            "{\"number\":\"A\",\"size\":\"SMALL\",\"lines\":[{\"article\":\"x\",\"quantity\":1}]}"))
                    .isEqualTo(new ToolResult.Text("(done)"));
        }

        @Test
        void tells_the_model_what_did_not_work() throws Exception {
            Tool cancel = tools.find("cancel-order").orElseThrow();
            assertThat(run(cancel, "{\"number\":\"A\",\"size\":\"SMALL\",\"lines\":[]}"))
                    .isEqualTo(new ToolResult.Failed("the order 'A' of size SMALL is empty"));
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .isThrownBy(() -> run(cancel, "{\"number\":1,\"size\":\"SMALL\"}"))
                    .withMessageContaining("'number' has to be of type string")
                    .withMessageContaining("'lines' is missing");
        }

        @Test
        void happens_once_unless_a_method_says_otherwise() {
            assertThat(tools.tools())
                    .extracting(tool -> tool.effect(new ToolCall("1", tool.name(), Json.none())))
                    .containsExactly(Effect.ONCE, Effect.READ_ONLY);
        }

        @Test
        void is_taken_by_a_runtime_beside_tools() {
            var builder = AgentRuntime.builder()
                    .tools(new OrderTools(), FunctionTool.of("Place", "places", Line.class, line -> line));
            assertThatExceptionOfType(YardmasterException.class)
                    .isThrownBy(() -> builder.tools(new OrderTools()))
                    .withMessageContaining("two tools answer to the name");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> builder.tools("nonsense"))
                    .withMessageContaining("java.lang.String is no tool and has no method annotated with @Tool");
        }
    }

    static final class Screens {

        @dev.langchain4j.agent.tool.Tool("Shows the screen")
        public Image screen() {
            return Image.builder().base64Data("aW1n").mimeType("image/jpeg").build();
        }

        @dev.langchain4j.agent.tool.Tool("Shows all there is")
        public List<Content> all() {
            return List.of(
                    TextContent.from("Here you are:"),
                    ImageContent.from("aW1n", "image/png"),
                    PdfFileContent.from("cGRm", "application/pdf"),
                    ImageContent.from("https://example.org/a.png"));
        }

        @dev.langchain4j.agent.tool.Tool("Lists nothing")
        public List<String> nothing() {
            return List.of();
        }
    }

    @Nested
    class What_a_method_shows {

        private ToolResult shown(String name) throws Exception {
            return run(ToolSet.of(ToolMethods.of(new Screens())).find(name).orElseThrow(), "{}");
        }

        @Test
        void is_attached_to_its_result() throws Exception {
            assertThat(shown("screen"))
                    .isEqualTo(ToolResult.Text.showing(
                            "(image/jpeg of 3 bytes)", Attachment.image(new DataUri("image/jpeg", "aW1n"))));
            assertThat(shown("all"))
                    .isEqualTo(ToolResult.Text.showing(
                            "Here you are:\n(image/png of 3 bytes)\n(application/pdf of 3 bytes)\n(image/png at"
                                    + " https://example.org/a.png, which is not fetched)",
                            Attachment.image(new DataUri("image/png", "aW1n")),
                            new Attachment(new DataUri("application/pdf", "cGRm"), 1, "")));
        }

        @Test
        void is_json_where_it_is_anything_else() throws Exception {
            assertThat(shown("nothing")).isEqualTo(new ToolResult.Text("[]"));
        }
    }
}
