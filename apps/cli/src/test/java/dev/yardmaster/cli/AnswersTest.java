package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers from the command line: with other arguments, for good, out of order, to branches that ask at once. */
@Timeout(120)
class AnswersTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
        calls.file("team/painter.md", "---\nname: painter\ndescription: paint\n---\nYou paint.\n");
        calls.file("paint.script.yaml", """
                version: 1
                agents:
                  painter:
                    - call: {Write: {file_path: "${task}.txt", content: "red"}}
                    - say: "painted ${task}"
                """);
        calls.file("paint.yaml", """
                version: 1
                name: paint
                channels:
                  things: texts
                  done: texts
                nodes:
                  paint: {forEach: things, as: thing, agent: painter, collect: done, atOnce: 2}
                start: paint
                """);
        Files.createDirectories(calls.folder().resolve("space"));
    }

    private Said paint(String things, String... more) {
        var arguments = new ArrayList<>(List.of("run", "paint.yaml", "--agents", "team", "--workspace", "space"));
        arguments.addAll(List.of("--model", "script:paint.script.yaml", "--input", "things=" + things));
        arguments.addAll(List.of(more));
        return calls.call(arguments.toArray(String[]::new));
    }

    private static String words(Said said) {
        return (said.out() + said.err()).replaceAll("\\s+", " ");
    }

    private String written(String file) throws IOException {
        return Files.readString(calls.folder().resolve("space").resolve(file));
    }

    @Test
    void branches_that_ask_at_once_are_told_apart_and_answered_in_any_order() throws IOException {
        Said waits = paint("door,gate");
        assertThat(waits.exit()).as(words(waits)).isEqualTo(3);
        assertThat(words(waits)).contains("at paint[0]", "at paint[1]");
        boolean doorFirst = words(waits).indexOf("at paint[0]") < words(waits).indexOf("at paint[1]");
        assertThat(calls.call("answer", "last", doorFirst ? "2" : "1", "deny", "--reason", "it is fine")
                        .exit())
                .isZero();
        Said still = calls.call("resume");
        assertThat(still.exit()).as(words(still)).isEqualTo(3);
        assertThat(words(calls.call("show"))).contains("at paint[0]").doesNotContain("at paint[1]");
        calls.call("answer", "last", "1", "allow");
        Said done = calls.call("resume");
        assertThat(done.exit()).as(words(done)).isZero();
        assertThat(written("door.txt")).isEqualTo("red");
        assertThat(calls.folder().resolve("space/gate.txt")).doesNotExist();
    }

    @Test
    void a_call_runs_with_the_arguments_that_a_person_gives_and_the_agent_is_told() throws IOException {
        paint("door");
        Said answered = calls.call(
                "answer",
                "last",
                "1",
                "allow",
                "--arguments",
                "{\"file_path\": \"door.txt\", \"content\": \"green\"}",
                "--reason",
                "red is out");
        assertThat(answered.exit()).as(words(answered)).isZero();
        Said done = calls.call("resume");
        assertThat(done.exit()).as(words(done)).isZero();
        assertThat(written("door.txt")).isEqualTo("green");
        String exported = calls.call("export", "last").out();
        assertThat(exported)
                .contains("A person changed this call before it ran")
                .contains(
                        "\"arguments\":{\"file_path\":\"door.txt\",\"content\":\"green\"}",
                        "\"reason\":\"red is out\"");
        assertThat(calls.call("replay").exit()).isZero();
    }

    @Test
    void arguments_that_are_denied_do_not_run_for_being_a_persons() {
        paint("door", "--deny", "Edit(vault.txt)");
        calls.call("answer", "last", "1", "allow", "--arguments", "{\"file_path\": \"vault.txt\", \"content\": \"x\"}");
        Said done = calls.call("resume");
        assertThat(words(done)).contains("changed by a person");
        assertThat(calls.folder().resolve("space/vault.txt")).doesNotExist();
    }

    @Test
    void what_does_not_go_together_is_told_before_anything_is_recorded() {
        paint("door");
        assertThat(words(calls.call("answer", "last", "1", "deny", "--always"))).contains("--always goes with allow");
        assertThat(words(calls.call("answer", "last", "1", "deny", "--arguments", "{}")))
                .contains("--arguments goes with allow alone");
        assertThat(words(calls.call("answer", "last", "1", "allow", "--arguments", "[1")))
                .contains("takes a JSON object");
        assertThat(words(calls.call("answer", "last", "1", "allow", "--arguments", "[1]")))
                .contains("takes a JSON object");
        assertThat(calls.call("answer", "last", "1", "allow", "--always").exit())
                .isZero();
        assertThat(calls.call("export", "last").out()).contains("question.asked");
        assertThat(calls.call("resume").exit()).isZero();
        assertThat(calls.call("export", "last").out()).contains("\"choice\":\"always\"");
    }

    @Test
    void a_fork_after_a_changed_workflow_is_pinned_to_the_text_it_began_with() throws IOException {
        paint("door");
        String before = Files.readString(calls.folder().resolve("paint.yaml"));
        calls.file("paint.yaml", "# another word\n" + before);
        assertThat(words(calls.call("resume"))).contains("has changed since run");
        assertThat(calls.call("fork", "last", "--at", "0").exit()).isEqualTo(3);
        calls.call("answer", "last", "1", "allow");
        Said done = calls.call("resume");
        assertThat(done.exit()).as(words(done)).isZero();
    }

    @Test
    void a_question_is_called_by_its_number_in_what_goes_wrong() {
        paint("door");
        assertThat(words(calls.call("answer", "last", "1", "alow")))
                .contains("'alow' is no answer to this question; did you mean 'allow'? (choose one of allow, always,");
        assertThat(words(calls.call("answer", "last", "7", "allow")))
                .contains("has no question 7 that waits for an answer; there is question 1");
        assertThat(calls.call("answer", "last", "1", "allow").exit()).isZero();
        Said late = calls.call("answer", "last", "1", "deny");
        assertThat(late.exit()).isEqualTo(1);
        assertThat(words(late))
                .contains("question 1 of run '")
                .contains("was answered 'allow' by")
                .contains("the first answer counts");
    }
}
