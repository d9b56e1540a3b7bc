package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.Bench.Probe;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelReply.Finish;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replies that reached their limit of output tokens. */
class CutOffReplyTest {

    @TempDir
    Path workspace;

    private final List<ModelRequest> asked = new ArrayList<>();
    private final AtomicInteger probed = new AtomicInteger();

    private AgentResult work(ModelReply... replies) throws Exception {
        var left = new ArrayDeque<>(List.of(replies));
        Model model = new Model() {
            @Override
            public String name() {
                return "test:talkative";
            }

            @Override
            public ModelReply reply(ModelRequest request) {
                asked.add(request);
                return left.remove();
            }
        };
        var bench = new Bench(workspace);
        return Bench.result(bench.run(
                bench.runtime(Bench.WORKER).model(model).tools(new Probe("Probe", Effect.ONCE, call -> {
                    probed.incrementAndGet();
                    return new ToolResult.Text("probed");
                }))));
    }

    private static ModelReply reply(Finish finish, String text, ToolCall... calls) {
        return new ModelReply(Message.Assistant.of(text, calls), new Usage(10, 10), finish);
    }

    private static ToolCall probe(String id) {
        return new ToolCall(id, "Probe", Json.of(Map.of("n", 1)));
    }

    private String told() {
        return ((Message.User) asked.getLast().messages().getLast()).text();
    }

    @Test
    void go_on_where_they_broke_off_and_are_one_answer_in_the_end() throws Exception {
        AgentResult result =
                work(reply(Finish.LENGTH, "There are three reasons: one, two"), reply(Finish.STOP, ", and three."));

        assertThat(result.text()).isEqualTo("There are three reasons: one, two, and three.");
        assertThat(told()).contains("its end is missing", "go on exactly where it breaks off");
    }

    @Test
    void are_not_told_twice_when_the_model_begins_again() throws Exception {
        AgentResult result = work(
                reply(Finish.LENGTH, "There are three reasons for this, and they are: one, two"),
                reply(Finish.STOP, "There are three reasons for this, and they are: one, two and three."));

        assertThat(result.text()).isEqualTo("There are three reasons for this, and they are: one, two and three.");
    }

    @Test
    void run_none_of_their_calls_and_are_no_part_of_the_answer_when_calls_follow() throws Exception {
        AgentResult result = work(
                reply(Finish.LENGTH, "I will probe", probe("half")),
                reply(Finish.TOOL_CALLS, "", probe("whole")),
                reply(Finish.STOP, "Done."));

        assertThat(probed).hasValue(1);
        assertThat(result.text()).isEqualTo("Done.");
    }
}
