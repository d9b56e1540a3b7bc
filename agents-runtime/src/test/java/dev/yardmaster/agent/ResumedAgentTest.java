package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.tool.ReadFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent whose process dies after each of its steps in turn, and which then goes on from what was recorded: it has to
 * come to the same, and no step may run twice.
 */
@Timeout(60)
class ResumedAgentTest {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);
    static final ScriptedModel SCRIPT = ScriptedModel.parse("""
            version: 1
            agents:
              worker:
                - call: [{Read: {file_path: a.txt}}, {Read: {file_path: long.txt, offset: 1, limit: 2}},
                         {Read: {file_path: long.txt, offset: 3, limit: 2}}, {Nope: {}}, {Read: {path: a}},
                         {Read: {file_path: big.txt}}, {Read: {file_path: shot.png}}]
                - say: "Now I change it."
                  call: {Edit: {file_path: a.txt, old_string: one, new_string: two}}
                - call: [{Edit: {file_path: a.txt, old_string: two, new_string: three}}, {Glob: {pattern: "*.txt"}},
                         {Bash: {command: "cat a.txt | wc -l"}}, {Bash: {command: "cat a.txt | wc -l"}}]
                - call: [{Edit: {file_path: long.txt, old_string: "l4", new_string: "L4"}}, {Read: {file_path: big.txt}}]
                - say: Done.
                - say: '{"checklist": [{"item": 1, "verdict": "open"}]}'
                - say: '{"checklist": [{"item": 1, "verdict": "done", "calls": ["2.1"]}]}'
            """, "resume.yaml");

    @TempDir
    Path temporary;

    /** The machine is gone. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    /** What was recorded, in memory, and a process that dies when so many steps have been finished. */
    static final class Record {
        final Map<String, Json> outputs = Collections.synchronizedMap(new LinkedHashMap<>());
        final Map<String, String> inputs = Collections.synchronizedMap(new LinkedHashMap<>());
        final List<String> ran = Collections.synchronizedList(new ArrayList<>());
        volatile int diesAt = Integer.MAX_VALUE;

        NodeContext context() {
            return new Replaying(this, "", new LinkedHashMap<>());
        }
    }

    record Replaying(Record record, String scope, Map<String, Integer> used) implements NodeContext {

        String unique(String name) {
            synchronized (used) {
                int count = used.merge(name, 1, Integer::sum);
                return scope + name + (count == 1 ? "" : "#" + count);
            }
        }

        @Override
        public <T> T step(String name, Class<T> type, Object input, Effect effect, Callable<T> body) throws Exception {
            String key = unique(name);
            String hash = Json.of(input).sha256();
            assertThat(record.inputs.putIfAbsent(key, hash))
                    .as("input of %s", key)
                    .isIn(null, hash);
            Json known = record.outputs.get(key);
            if (known != null) {
                return known.as(type);
            }
            synchronized (record) {
                if (record.outputs.size() >= record.diesAt) {
                    throw new Died();
                }
            }
            T output = body.call();
            synchronized (record) {
                record.ran.add(key);
                record.outputs.put(key, Json.parse(Json.of(output).text()));
            }
            return output;
        }

        @Override
        public NodeContext scope(String name) {
            return new Replaying(record, unique(name) + "/", new LinkedHashMap<>());
        }

        @Override
        public Answer ask(Question question) {
            String id = unique("question");
            if (!record.outputs.containsKey(id)) {
                record.outputs.put(id, Json.of(new Answer(id, "always", "", "test")));
                record.ran.add(id);
            }
            return record.outputs.get(id).as(Answer.class);
        }

        @Override
        public void sleep(Duration duration) {}

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public String idempotencyKey() {
            return scope;
        }

        @Override
        public void publish(RunEvent.Live event) {}

        @Override
        public List<String> arrivedFrom() {
            return List.of();
        }

        @Override
        public RunId run() {
            return new RunId("test");
        }

        @Override
        public NodePath path() {
            return NodePath.of("work");
        }
    }

    Path workspace(String name) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name));
        Files.writeString(folder.resolve("a.txt"), "one\n");
        Files.writeString(folder.resolve("long.txt"), "l1\nl2\nl3\nl4\n");
        Files.writeString(folder.resolve("big.txt"), "a line of it\n".repeat(100));
        ImageIO.write(
                new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("shot.png").toFile());
        return folder;
    }

    AgentNode worker(Path workspace, List<ModelRequest> asked) {
        return AgentRuntime.builder()
                .agents(AgentDefinition.of("worker", "Works", "You work.").withChecklist("Changed it"))
                .model(SCRIPT)
                .workspace(workspace)
                .policy(Policy.acceptEdits())
                .intercept(new Interceptor() {
                    @Override
                    public ModelReply aroundReply(ModelRequest request, NextReply next) throws Exception {
                        asked.add(request);
                        return next.proceed(request);
                    }
                })
                .build()
                .agent("worker")
                .reads(TASK)
                .writes(RESULT);
    }

    static List<Message> last(List<ModelRequest> asked) {
        return asked.getLast().messages();
    }

    @Test
    void comes_to_the_same_wherever_it_died() throws Exception {
        var whole = new Record();
        var asked = Collections.synchronizedList(new ArrayList<ModelRequest>());
        Path folder = workspace("ws");
        worker(folder, asked).run(State.of(TASK, "do it"), whole.context());
        List<Message> expected = last(asked);
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("three\n");
        assertThat(Files.readString(folder.resolve("long.txt"))).contains("L4");
        assertThat(expected)
                .filteredOn(each -> each.text().equals(ReadFiles.UNCHANGED))
                .hasSize(1);
        assertThat(expected)
                .filteredOn(each -> each instanceof Message.ToolOutput output
                        && !output.attachments().isEmpty())
                .hasSize(1);

        for (int died = 0; died < whole.outputs.size(); died++) {
            folder = workspace("ws");
            var record = new Record();
            record.diesAt = died;
            try {
                worker(folder, asked).run(State.of(TASK, "do it"), record.context());
            } catch (Died | java.util.concurrent.ExecutionException e) {
                record.ran.add("died");
            }
            record.diesAt = Integer.MAX_VALUE;
            worker(folder, asked).run(State.of(TASK, "do it"), record.context());

            assertThat(record.ran)
                    .as("steps when it died after %s", died)
                    .contains("died")
                    .doesNotHaveDuplicates();
            assertThat(record.outputs.keySet()).containsExactlyInAnyOrderElementsOf(whole.outputs.keySet());
            assertThat(last(asked)).as("transcript when it died after %s", died).isEqualTo(expected);
            assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("three\n");
        }
        assertThat(whole.outputs).hasSizeGreaterThan(30);
    }

    @Test
    void goes_on_with_the_words_it_was_begun_with_when_its_file_has_changed() throws Exception {
        var record = new Record();
        record.diesAt = 3;
        Path folder = workspace("ws");
        var asked = Collections.synchronizedList(new ArrayList<ModelRequest>());
        try {
            worker(folder, asked).run(State.of(TASK, "do it"), record.context());
        } catch (Died e) {
            record.diesAt = Integer.MAX_VALUE;
        }
        var changed = AgentRuntime.builder()
                .agents(AgentDefinition.of("worker", "Works", "You work otherwise now."))
                .model(SCRIPT)
                .workspace(folder)
                .policy(Policy.acceptEdits())
                .build()
                .agent("worker")
                .reads(TASK)
                .writes(RESULT);
        var result = changed.run(State.of(TASK, "do it"), record.context());
        assertThat(result.facts()).hasSize(1);
        assertThat(record.outputs.get("opening").text()).contains("You work.").doesNotContain("otherwise");
    }
}
