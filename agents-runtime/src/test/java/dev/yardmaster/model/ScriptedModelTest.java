package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScriptedModelTest {

    /** A transcript that a model's replies and the results of its calls are added to. */
    private static final class Talk {
        private final Model model;
        private final String agent;
        private final List<Message> messages = new ArrayList<>(List.of(Message.User.of("go")));

        Talk(Model model, String agent) {
            this.model = model;
            this.agent = agent;
        }

        Message.Assistant next(String... results) {
            for (int i = 0; i < results.length; i++) {
                messages.add(new Message.ToolOutput("id-" + i, "Bash", results[i], false));
            }
            Message.Assistant reply = ask().message();
            messages.add(reply);
            return reply;
        }

        ModelReply ask() {
            return model.reply(new ModelRequest(agent, messages, List.of()));
        }
    }

    private static final ScriptedModel MEASURING = ScriptedModel.parse("""
            version: 1
            agents:
              backend-engineer:
                - say: "Let me measure it first."
                  call: {Bash: {command: "python3 bench.py"}}
                  capture: {before: "elapsed: ([0-9.]+) s", line: "^elapsed.*$"}
                - call: {Read: {file_path: "notes/${before}.md", parts: ["${before}", 3]}}
                - say: "It took ${before} s (${line}), not $${before}; costs $5 or $$."
            """, "demo.yaml");

    @Nested
    class An_agent_that_works_more_than_once {

        private final ScriptedModel model = ScriptedModel.replies("writer", "Draft 1")
                .when("writer", "Shorter", "Draft 2", "and more")
                .when("writer", "Shorter still", "never reached")
                .when("critic", "Draft 2", "Good.");

        private String reply(String agent, Message... messages) {
            return model.reply(new ModelRequest(agent, List.of(messages), List.of()))
                    .message()
                    .text();
        }

        @Test
        void replies_by_what_its_task_holds_and_the_first_that_fits_counts() {
            assertThat(reply("writer", Message.User.of("Write"))).isEqualTo("Draft 1");
            assertThat(reply("writer", Message.User.of("Write. Shorter still!")))
                    .isEqualTo("Draft 2");
            assertThat(reply("critic", Message.User.of("Draft 2"))).isEqualTo("Good.");
        }

        @Test
        void goes_on_by_its_task_and_not_by_what_it_is_told_later() {
            assertThat(reply(
                            "writer",
                            new Message.System("Shorter"),
                            Message.User.of("Shorter"),
                            Message.Assistant.of("Draft 2"),
                            Message.User.of("And?")))
                    .isEqualTo("and more");
            assertThatThrownBy(() -> reply(
                            "writer",
                            Message.User.of("Write"),
                            Message.Assistant.of("Draft 1"),
                            Message.User.of("Shorter")))
                    .hasMessageContaining("ran out");
        }

        @Test
        void is_told_of_when_no_reply_fits_its_task() {
            assertThatThrownBy(() -> reply("critic", Message.User.of("Draft 1")))
                    .hasMessage("script 'inline' has replies for agent 'critic' only for tasks that hold 'Draft 2', and"
                            + " this one does not; add replies for all others");
        }
    }

    @Nested
    class A_scripted_model {

        @Test
        void says_that_it_is_one() {
            assertThat(MEASURING.scripted()).isTrue();
            assertThat(MEASURING.name()).isEqualTo("script:demo.yaml");
        }

        @Test
        void reports_what_was_really_measured() {
            var talk = new Talk(MEASURING, "backend-engineer");
            talk.next();

            var second = talk.next("starting\nelapsed: 5.25 s\ndone");
            var third = talk.next("# notes");

            assertThat(second.calls().getFirst().arguments())
                    .isEqualTo(Json.parse("{\"file_path\":\"notes/5.25.md\",\"parts\":[\"5.25\",3]}"));
            assertThat(third.text()).isEqualTo("It took 5.25 s (elapsed: 5.25 s), not ${before}; costs $5 or $$.");
        }

        @Test
        void goes_on_where_the_transcript_stands() {
            var talk = new Talk(MEASURING, "backend-engineer");
            talk.next();
            talk.next("elapsed: 1.0 s");
            talk.messages.add(new Message.ToolOutput("call-2-1", "Read", "x", false));
            var elsewhere = ScriptedModel.parse("""
                    version: 1
                    agents:
                      backend-engineer:
                        - call: {Bash: {command: x}}
                          capture: {before: "elapsed: ([0-9.]+) s"}
                        - say: two
                        - say: "three after ${before}"
                    """, "again.yaml");

            var reply = elsewhere.reply(new ModelRequest("backend-engineer", talk.messages, List.of()));

            assertThat(reply.message().text()).isEqualTo("three after 1.0");
        }

        @Test
        void gives_the_same_reply_to_the_same_request_from_any_thread() {
            var request = new ModelRequest(
                    "backend-engineer",
                    List.of(
                            Message.User.of("go"),
                            Message.Assistant.of("measuring"),
                            new Message.ToolOutput("1", "Bash", "elapsed: 2 s", false)),
                    List.of());
            var expected = MEASURING.reply(request);

            assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> MEASURING.reply(request)))
                    .allMatch(expected::equals);
        }

        @Test
        void does_not_fill_in_what_a_result_brought_along() {
            var model = ScriptedModel.replies(
                    "a",
                    ScriptedReply.call("Bash", Map.of("command", "x")).capture("found", "found (.*)"),
                    ScriptedReply.say("It is ${found}."));
            var talk = new Talk(model, "a");
            talk.next();

            assertThat(talk.next("found ${secret}").text()).isEqualTo("It is ${secret}.");
        }

        @Test
        void reads_the_results_of_all_calls_of_a_reply_and_of_no_other() {
            var model = ScriptedModel.replies(
                    "a",
                    ScriptedReply.call("Bash", Map.of("command", "1")),
                    ScriptedReply.call("Bash", Map.of("command", "2"))
                            .andCall("Bash", Map.of("command", "3"))
                            .capture("n", "n=(\\d)"),
                    ScriptedReply.say("${n}"));
            var talk = new Talk(model, "a");
            talk.next();
            talk.next("n=1");

            assertThat(talk.next("nothing", "n=3").text()).isEqualTo("3");
        }

        @Test
        void takes_the_whole_match_when_a_pattern_has_no_group() {
            var model = ScriptedModel.replies(
                    "a", ScriptedReply.call("T", Map.of()).capture("n", "\\d+"), ScriptedReply.say("${n}"));
            var talk = new Talk(model, "a");
            talk.next();

            assertThat(talk.next("a 12 b 13").text()).isEqualTo("12");
        }
    }

    @Nested
    class A_script_in_java {

        private final ScriptedModel model = ScriptedModel.replies("writer", "Draft 1", "Draft 2")
                .and("critic", "Too short.", "Good.")
                .named("loop")
                .usage(10, 2);

        @Test
        void has_the_replies_of_each_agent() {
            var writer = new Talk(model, "writer");
            var critic = new Talk(model, "critic");

            assertThat(writer.next().text()).isEqualTo("Draft 1");
            assertThat(critic.next().text()).isEqualTo("Too short.");
            assertThat(writer.next().text()).isEqualTo("Draft 2");
            assertThat(critic.next().text()).isEqualTo("Good.");
            assertThat(model.name()).isEqualTo("script:loop");
            assertThat(new Talk(model, "writer").ask().usage()).isEqualTo(new Usage(10, 2));
        }

        @Test
        void takes_an_agent_once() {
            assertThatThrownBy(() -> model.and("writer", "again"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'writer' already");
        }

        @Test
        void refuses_captures_that_cannot_work() {
            var call = ScriptedReply.call("T", Map.of());

            assertThatThrownBy(() -> call.capture("x", "(")).hasMessageContaining("not a regular expression");
            assertThatThrownBy(() -> call.capture("a b", ".")).hasMessageContaining("name of a variable");
            assertThatThrownBy(() -> ScriptedReply.say("hi").capture("x", ".")).hasMessageContaining("calls nothing");
        }
    }

    @Nested
    class An_error {

        @Test
        void names_the_agent_that_has_no_replies_and_those_that_have() {
            assertThatThrownBy(new Talk(MEASURING, "backend-enginer")::ask)
                    .isInstanceOfSatisfying(ModelException.class, e -> {
                        assertThat(e.reason()).isEqualTo(ModelException.Kind.BAD_REQUEST);
                        assertThat(e.retryable()).isFalse();
                    })
                    .hasMessageContainingAll(
                            "demo.yaml", "agent 'backend-enginer'", "turn 1", "did you mean 'backend-engineer'?");
        }

        @Test
        void names_agent_turn_and_file_when_a_script_runs_out() {
            var talk = new Talk(ScriptedModel.replies("writer", "one", "two"), "writer");
            talk.next();
            talk.next();

            assertThatThrownBy(talk::ask)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContainingAll("'inline' ran out", "agent 'writer'", "reply 3", "has 2", "add one");
        }

        @Test
        void says_what_is_asked_of_an_agent_that_was_done() {
            var asked = new ModelRequest(
                    "writer",
                    List.of(
                            Message.User.of("Write"),
                            Message.Assistant.of("one"),
                            Message.User.of("Before this counts as done: show it.\n\n1. tests")),
                    List.of());
            assertThatThrownBy(() -> ScriptedModel.replies("writer", "one").reply(asked))
                    .hasMessageContaining("After its last reply it was told: \"Before this counts as done: show it.\"")
                    .hasMessageContaining("add a reply to that");
        }

        @Test
        void shows_the_result_that_a_pattern_does_not_fit() {
            var talk = new Talk(MEASURING, "backend-engineer");
            talk.next();

            assertThatThrownBy(() -> talk.next("Rejected: not permitted" + "x".repeat(1000)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContainingAll(
                            "reply 1 of agent 'backend-engineer'",
                            "demo.yaml",
                            "'elapsed: ([0-9.]+) s'",
                            "It begins: Rejected: not permitted")
                    .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(700));
        }

        @Test
        void names_a_variable_that_nothing_has_captured() {
            assertThatThrownBy(new Talk(ScriptedModel.replies("writer", "It took ${time}."), "writer")::ask)
                    .hasMessageContainingAll("reply 1 of agent 'writer'", "${time}", "captured so far: nothing");
        }

        @Test
        void tells_of_a_group_that_took_no_part() {
            var talk = new Talk(
                    ScriptedModel.replies(
                            "a", ScriptedReply.call("T", Map.of()).capture("x", "a(b)?"), ScriptedReply.say("${x}")),
                    "a");
            talk.next();

            assertThatThrownBy(() -> talk.next("ac")).hasMessageContaining("does not fit the result");
        }
    }
}
