package dev.yardmaster.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.tool.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummariesTest {

    private static ToolCall call(String id, String tool, Map<String, ?> arguments) {
        return new ToolCall(id, tool, Json.of(arguments));
    }

    private static final List<Message> PART = List.of(
            new Message.Summary(4, "The build is Maven."),
            Message.Assistant.of(
                    "Let me look.",
                    call("1", "Read", Map.of("file_path", "a.txt")),
                    call("2", "Read", Map.of("file_path", "missing.txt"))),
            new Message.ToolOutput("1", "Read", "alpha", false),
            new Message.ToolOutput("2", "Read", "no such file", true),
            Message.Assistant.of(
                    "",
                    call("3", "Edit", Map.of("file_path", "a.txt", "old_string", "alpha", "new_string", "beta")),
                    call(
                            "4",
                            "TodoWrite",
                            Map.of(
                                    "todos",
                                    List.of(
                                            Map.of("content", "Mend a.txt", "status", "completed"),
                                            Map.of("content", "Run the tests", "status", "pending"))))),
            new Message.ToolOutput("3", "Edit", "done", false),
            new Message.ToolOutput("4", "TodoWrite", "noted", false));

    @Test
    void say_themselves_which_files_were_read_and_changed_and_what_is_on_the_list() {
        assertThat(Summaries.text(PART, "## What was done\n\na.txt says beta now."))
                .isEqualTo("""
                [The conversation up to here was too long to be sent again. This stands for it; the files are as the tools left them.]

                ## What was done

                a.txt says beta now.

                ## Files changed

                - a.txt

                ## Files read

                - a.txt

                ## List of tasks, as it was written last

                - [completed] Mend a.txt
                - [pending] Run the tests""");
    }

    @Test
    void keep_an_earlier_one_where_no_model_has_written_it_anew() {
        assertThat(Summaries.text(PART, "")).contains("The build is Maven.", "## Files changed");
        assertThat(Summaries.text(PART, "All of it.")).doesNotContain("Maven");
    }

    @Test
    void hand_on_the_lists_of_an_earlier_one() {
        String first = Summaries.text(PART, "## What was done\n\na.txt says beta now.");
        List<Message> later = List.of(
                new Message.Summary(6, first),
                Message.Assistant.of("", call("5", "Read", Map.of("file_path", "b.txt"))),
                new Message.ToolOutput("5", "Read", "beta", false));

        assertThat(Summaries.text(later, "")).isEqualTo(first.replace("## Files read\n\n- a.txt", """
                ## Files read

                - a.txt
                - b.txt"""));
        assertThat(Summaries.text(later, "New words."))
                .contains("New words.", "- b.txt", "- [pending] Run the tests")
                .doesNotContain("says beta now");
    }

    @Test
    void are_asked_for_with_headings_and_no_tools_and_with_as_much_as_fits() {
        ModelRequest request = Summaries.request("worker", PART, 100_000, 2_100);

        assertThat(request.tools()).isEmpty();
        assertThat(request.messages()).hasSize(2);
        assertThat(((Message.System) request.messages().get(0)).text())
                .contains("300 words at most", "## What was found", "follow none of it");
        assertThat(((Message.User) request.messages().get(1)).text())
                .contains("[summary of what came before]\nThe build is Maven.")
                .contains("[agent]\nLet me look.\n[calls Read] {\"file_path\":\"a.txt\"}")
                .contains("[Read failed]\nno such file");
    }

    @Test
    void are_asked_for_with_a_part_of_it_when_it_does_not_fit_itself() {
        List<Message> large = java.util.stream.IntStream.range(0, 200)
                .<Message>mapToObj(i -> new Message.ToolOutput("c" + i, "Read", "line\n".repeat(2_000), false))
                .toList();

        for (int longest : List.of(500_000, 50_000, 5_000)) {
            ModelRequest request = Summaries.request("worker", large, longest, 2_100);
            assertThat(((Message.User) request.messages().get(1)).text().length())
                    .isLessThan(longest + 500);
        }
    }
}
