package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.DataUri;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelNames;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An image on its way from a file, or a tool, to a model, and into the record. */
@Timeout(60)
class ShownImagesTest {

    private static final String LOOK = "- call: {Read: {file_path: shot.txt}}\n- say: I see it.\n";

    @TempDir
    Path folder;

    private Bench bench;
    private byte[] png;
    private Attachment shot;

    @BeforeEach
    void draw() throws Exception {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
        png = bytes.toByteArray();
        shot = Attachment.image(DataUri.of("image/png", png));
        Files.write(folder.resolve("shot.txt"), png);
        bench = new Bench(folder);
    }

    /** A model that follows a script; what it is asked is kept. */
    private static class Seeing implements Model {

        private final Model script;
        private final List<ModelRequest> requests = new ArrayList<>();

        Seeing(String replies) {
            this(Bench.script(replies));
        }

        Seeing(Model script) {
            this.script = script;
        }

        @Override
        public String name() {
            return "test:seeing";
        }

        @Override
        public synchronized ModelReply reply(ModelRequest request) {
            requests.add(request);
            return script.reply(request);
        }

        List<Attachment> shown() {
            return shown(requests.getLast());
        }

        static List<Attachment> shown(ModelRequest request) {
            return request.messages().stream()
                    .filter(Message.ToolOutput.class::isInstance)
                    .flatMap(each -> ((Message.ToolOutput) each).attachments().stream())
                    .toList();
        }
    }

    private Outcome run(AgentRuntimeBuilder runtime, Orchestrator orchestrator) throws Exception {
        var graph = Graph.builder("test")
                .channels(Bench.TASK, Bench.RESULT)
                .node("work", runtime.build().agent("worker").reads(Bench.TASK).writes(Bench.RESULT))
                .start("work")
                .build();
        try (orchestrator) {
            return orchestrator.start(graph, State.of(Bench.TASK, "look")).await();
        }
    }

    @Test
    void is_told_by_its_content_shown_and_recorded_once() throws Exception {
        var model = new Seeing(LOOK);

        Outcome outcome = bench.run(bench.runtime(Bench.WORKER).model(model));

        assertThat(Bench.result(outcome).text()).isEqualTo("I see it.");
        assertThat(model.shown()).containsExactly(shot);
        assertThat(Bench.told(outcome))
                .containsExactly("shot.txt: an image, image/png, 40 × 30 pixels, " + png.length + " bytes");
        Files.delete(folder.resolve("shot.txt"));
        assertThat(Transcript.lastOf(outcome.view()).orElseThrow().messages())
                .as("the transcript is folded from the record, and no file is read")
                .containsAll(model.requests.getLast().messages());
        long holding = outcome.view().entries().stream()
                .filter(each -> each.entry().json().contains(shot.data().base64()))
                .count();
        assertThat(holding).as("entries that hold it").isEqualTo(1);
    }

    @Test
    void is_not_touched_where_secrets_are_taken_out() throws Exception {
        String part = shot.data().base64().substring(20, 40);
        var model = new Seeing(LOOK);

        Outcome outcome = run(
                bench.runtime(Bench.WORKER).model(model),
                Orchestrator.builder()
                        .redact(text -> text.replace(part, "[redacted]").replace("pixels", "[redacted]"))
                        .build());

        assertThat(model.shown()).containsExactly(shot);
        assertThat(Bench.told(outcome)).singleElement().asString().contains("40 × 30 [redacted]");
    }

    @Test
    void is_told_in_words_to_a_model_whose_provider_refuses_it() throws Exception {
        var model = new FaultyModel("test:blind", new ModelException(ModelException.Kind.BAD_REQUEST, "no images"));
        var looking = new Seeing(LOOK) {
            @Override
            public ModelReply reply(ModelRequest request) {
                return request.messages().size() < 4 ? super.reply(request) : model.reply(request);
            }
        };

        Outcome outcome = bench.run(bench.runtime(Bench.WORKER).model(looking));

        assertThat(Bench.result(outcome).text()).isEqualTo("test:blind says so");
        assertThat(model.requests).hasSize(2);
        assertThat(model.requests.getFirst().messages().getLast())
                .isInstanceOfSatisfying(
                        Message.ToolOutput.class,
                        output -> assertThat(output.attachments()).containsExactly(shot));
        assertThat(model.requests.getLast().messages().getLast())
                .isInstanceOfSatisfying(Message.ToolOutput.class, output -> {
                    assertThat(output.attachments()).isEmpty();
                    assertThat(output.text()).contains("[not shown: image/png of " + png.length + " bytes");
                });
        assertThat(outcome.view().entries())
                .filteredOn(each -> each.entry().fact() instanceof Fact.Noted)
                .singleElement()
                .satisfies(each -> assertThat(each.entry().json()).contains("asked again without what it was shown"));
    }

    @Test
    void is_told_in_words_to_a_model_that_is_set_to_be_told_words_alone() throws Exception {
        var model = new Seeing(LOOK);

        Outcome outcome = bench.run(bench.runtime(Bench.WORKER).model(model).textOnly(ModelNames.of("test:*")));

        assertThat(Bench.result(outcome).text()).isEqualTo("I see it.");
        assertThat(model.shown()).isEmpty();
        assertThat(model.requests.getLast().messages().getLast().text())
                .endsWith("[not shown: image/png of " + png.length
                        + " bytes, because model 'test:seeing' is set to be told" + " words alone]");
        assertThat(outcome.view().entries())
                .as("no request was refused")
                .noneMatch(each -> each.entry().fact() instanceof Fact.Noted);
    }

    /** The result of a hand-over is words: decision 148. */
    @Test
    void that_a_colleague_was_shown_is_shown_to_its_caller_when_that_looks_itself() throws Exception {
        var model = new Seeing(ScriptedModel.parse("""
                version: 1
                agents:
                  boss:
                    - call: {Agent: {subagent_type: worker, description: w, prompt: "look"}}
                    - call: {Read: {file_path: shot.txt}}
                    - say: "I see it, too."
                  worker:
                    - call: {Read: {file_path: shot.txt}}
                    - say: "It is in shot.txt."
                """, "t.yaml"));
        var runtime = AgentRuntime.builder()
                .agents(AgentDefinition.of("boss", "Leads", "You lead."), Bench.WORKER)
                .workspace(folder)
                .model(model)
                .build();
        var graph = Graph.builder("test")
                .channels(Bench.TASK, Bench.RESULT)
                .node("work", runtime.agent("boss").reads(Bench.TASK).writes(Bench.RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            Bench.result(orchestrator.start(graph, State.of(Bench.TASK, "x")).await());
        }

        assertThat(model.requests.stream()
                        .map(each -> each.agent() + " " + Seeing.shown(each).size()))
                .containsExactly("boss 0", "worker 0", "worker 1", "boss 0", "boss 1");
        assertThat(model.requests.get(3).messages().getLast().text()).isEqualTo("It is in shot.txt.");
    }

    @Test
    void of_any_tool_is_made_to_fit_and_what_cannot_be_shown_is_named() throws Exception {
        var large = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(2_000, 100, BufferedImage.TYPE_INT_RGB), "png", large);
        var model = new Seeing("- call: {Probe: {n: 1}}\n- say: I see it.\n");
        var tool = new Bench.Probe(
                "Probe",
                Effect.READ_ONLY,
                call -> ToolResult.Text.showing(
                        "four things",
                        Attachment.image(DataUri.of("image/jpeg", large.toByteArray())),
                        Attachment.image(DataUri.of("image/png", new byte[] {1, 2, 3})),
                        new Attachment(DataUri.of("audio/mpeg", new byte[9]), 1, "It says hello."),
                        shot));

        Outcome outcome = bench.run(bench.runtime(Bench.WORKER).model(model).tools(tool));

        assertThat(model.shown()).hasSize(2).contains(shot);
        assertThat(model.shown().getFirst().data().mediaType()).isEqualTo("image/png");
        assertThat(Bench.told(outcome))
                .singleElement()
                .asString()
                .isEqualTo(
                        "four things\n[not shown: image/png of 3 bytes: it is damaged, or no image of a kind that can"
                                + " be shown (png, jpeg, gif, webp)]\n[not shown: audio/mpeg of 9 bytes: only images and PDF"
                                + " documents can be]\nIt says hello.");
    }

    @Test
    void another_one_of_the_same_size_is_news_to_whoever_looks_again_and_again() throws Exception {
        var model = new Seeing("- call: {Probe: {n: 1}}\n".repeat(8) + "- say: done\n");
        var looked = new int[1];
        var tool = new Bench.Probe("Probe", Effect.READ_ONLY, call -> {
            var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, looked[0]++);
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return ToolResult.Text.showing("a screen", Attachment.image(DataUri.of("image/png", bytes.toByteArray())));
        });

        Outcome outcome = bench.run(bench.runtime(Bench.WORKER).model(model).tools(tool));

        assertThat(Bench.told(outcome)).hasSize(8).containsOnly("a screen");
    }

    @Test
    void is_shown_to_hooks_in_the_shape_that_they_know() {
        Workspace workspace = Workspace.of(folder);
        Path file = workspace.root().resolve("shot.txt");
        var call = new ToolCall("1", "Read", Json.of(Map.of("file_path", "shot.txt")));
        var hooked = new HookedCall(
                BuiltinTools.all().find("Read").orElseThrow(), call, List.of(new Access.Reads(file, file)), workspace);

        JsonNode response = hooked.response(ToolResult.Text.showing("an image", shot));

        assertThat(response.path("type").asText()).isEqualTo("image");
        assertThat(response.path("file").path("base64").asText())
                .isEqualTo(shot.data().base64());
        assertThat(response.path("file").path("type").asText()).isEqualTo("image/png");
        assertThat(response.path("file").path("originalSize").asInt()).isEqualTo(png.length);
    }

    @Test
    void goes_when_a_hook_replaces_the_result_and_stays_when_it_adds_to_it() {
        ToolResult.Text result = ToolResult.Text.showing("an image", shot);

        assertThat(HookPoints.told(result, HookVerdict.none().withContext("more")))
                .isEqualTo(ToolResult.Text.showing("an image\n\nmore", shot));
        HookVerdict replaced = Json.parse("{\"output\":\"nothing to see\"}").as(HookVerdict.class);
        assertThat(HookPoints.told(result, replaced)).isEqualTo(new ToolResult.Text("nothing to see"));
    }

    @Test
    void results_and_messages_of_older_builds_load_and_plain_ones_are_written_as_they_were() {
        Json result = Json.parse("{\"result\":\"text\",\"text\":\"2 lines\"}");
        assertThat(result.as(ToolResult.class)).isEqualTo(new ToolResult.Text("2 lines"));
        assertThat(Json.of(new ToolResult.Text("2 lines"))).isEqualTo(result);
        Json message =
                Json.parse("{\"role\":\"tool\",\"callId\":\"c\",\"tool\":\"Read\",\"text\":\"x\",\"error\":false}");
        assertThat(message.as(Message.class)).isEqualTo(new Message.ToolOutput("c", "Read", "x", false));
        assertThat(Json.of(new Message.ToolOutput("c", "Read", "x", false))).isEqualTo(message);
        ToolResult.Text shown = ToolResult.Text.showing("an image", shot);
        assertThat(Json.of(shown).as(ToolResult.class)).isEqualTo(shown);
        assertThat(Json.of(shown).text())
                .contains("\"attachments\":[{\"data\":\"data:image/png;base64,")
                .doesNotContain("words");
        assertThat(new String(shot.data().bytes(), StandardCharsets.ISO_8859_1)).contains("PNG");
    }
}
