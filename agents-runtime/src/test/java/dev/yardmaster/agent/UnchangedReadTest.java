package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.context.Compaction;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that is read again while what it showed is before the agent's eyes. */
@Timeout(60)
class UnchangedReadTest {

    private static final String BIG = "a line of it\n".repeat(100);

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("big.txt"), BIG);
        Files.writeString(folder.resolve("copy.txt"), BIG);
        Files.writeString(folder.resolve("small.txt"), "one\n");
    }

    private List<String> told(String script) throws Exception {
        Outcome outcome = new Bench(folder)
                .run(new Bench(folder).runtime(Bench.WORKER).model(Bench.script(script + "- say: done\n")));
        Bench.result(outcome);
        return Bench.told(outcome);
    }

    @Test
    void is_not_told_again() throws Exception {
        List<String> told = told("""
                - call: {Read: {file_path: big.txt}}
                - call: {Read: {file_path: ./big.txt, limit: 2000}}
                """);

        assertThat(told.getFirst()).contains("a line of it").hasSizeGreaterThan(1_000);
        assertThat(told.getLast()).isEqualTo(ReadFiles.UNCHANGED);
    }

    @Test
    void is_told_where_it_is_another_piece_another_file_or_hardly_longer_than_that() throws Exception {
        List<String> told = told("""
                - call: {Read: {file_path: big.txt}}
                - call: {Read: {file_path: big.txt, offset: 2}}
                - call: {Read: {file_path: copy.txt}}
                - call: {Read: {file_path: small.txt}}
                - call: {Read: {file_path: small.txt}}
                """);

        assertThat(told).hasSize(5).doesNotContain(ReadFiles.UNCHANGED);
    }

    @Test
    void is_told_when_it_has_changed_and_counts_as_read_when_it_has_not() throws Exception {
        List<String> told = told("""
                - call: {Read: {file_path: big.txt}}
                - call: {Edit: {file_path: big.txt, old_string: "it\\na", new_string: "it\\nA", replace_all: true}}
                - call: {Read: {file_path: big.txt}}
                - call: {Read: {file_path: big.txt}}
                - call: {Edit: {file_path: big.txt, old_string: "A", new_string: "a", replace_all: true}}
                """);

        assertThat(told.get(2)).contains("A line of it");
        assertThat(told.get(3)).isEqualTo(ReadFiles.UNCHANGED);
        assertThat(told.get(4)).doesNotContain("Failed");
        assertThat(folder.resolve("big.txt")).hasContent(BIG);
    }

    @Test
    void is_told_when_what_it_showed_was_made_shorter_or_summed_up() {
        var transcript = new TranscriptSoFar();
        var workspace = Workspace.of(folder);
        Path file = workspace.root().resolve("big.txt");
        transcript.add(Message.User.of("read"));
        transcript.add(Message.Assistant.of("", new ToolCall("c", "read", Json.of(Map.of("file_path", "big.txt")))));
        transcript.add(new Message.ToolOutput("c", "read", BIG, false));
        var told = new ToldFiles(transcript, workspace);
        assertThat(told.shows(file, BIG)).isTrue();
        assertThat(told.shows(workspace.root().resolve("copy.txt"), BIG)).isFalse();
        assertThat(told.shows(file, BIG + "more\n")).isFalse();
        List<Message> whole = List.copyOf(transcript.messages());

        transcript.replace(compaction(List.of(new Compaction.Shortened(2, "a line of it …")), Optional.empty())
                .of(whole));
        assertThat(told.shows(file, BIG)).isFalse();

        var summary = new Compaction.Summarized(1, 3, List.of(), new Message.Summary(1, "It read a file."));
        transcript.replace(compaction(List.of(), Optional.of(summary)).of(whole));
        assertThat(told.shows(file, BIG)).isFalse();
    }

    private static Compaction compaction(
            List<Compaction.Shortened> shortened, Optional<Compaction.Summarized> summarized) {
        return new Compaction(Compaction.Why.NEARLY_FULL, 10, 5, 20, shortened, summarized);
    }

    @Test
    void is_shown_to_hooks_in_the_shape_that_they_know() {
        Workspace workspace = Workspace.of(folder);
        var call = new ToolCall("1", "Read", Json.of(Map.of("file_path", "big.txt")));
        var hooked = new HookedCall(BuiltinTools.all().find("Read").orElseThrow(), call, List.of(), workspace);

        JsonNode response = hooked.response(new ToolResult.Text(ReadFiles.UNCHANGED));

        assertThat(response.path("type").asText()).isEqualTo("file_unchanged");
        assertThat(response.path("file").path("filePath").asText())
                .isEqualTo(workspace.root().resolve("big.txt").toString());
    }
}
