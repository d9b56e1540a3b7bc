package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.model.Message;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was read of files and is still in the conversation, word for word. Found in the messages themselves, so that what was
 * made shorter, summed up, redacted or changed by a hook is not taken for shown, and a resumed agent comes to the same.
 */
record ToldFiles(TranscriptSoFar transcript, Workspace workspace) implements ReadFiles.View {

    private static final String READ = "Read";

    @Override
    public boolean shows(Path file, String text) {
        List<Message> messages = transcript.messages();
        for (int at = messages.size() - 1; at >= 0; at--) {
            if (messages.get(at) instanceof Message.ToolOutput output
                    && !output.error()
                    && output.tool().equalsIgnoreCase(READ)
                    && output.text().equals(text)
                    && file(messages, at, output.callId()).filter(file::equals).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** What the call of a result was about. @param at the result's place */
    private Optional<Path> file(List<Message> messages, int at, String id) {
        for (int before = at - 1; before >= 0; before--) {
            if (messages.get(before) instanceof Message.Assistant reply) {
                return reply.calls().stream()
                        .filter(call -> call.id().equals(id))
                        .findFirst()
                        .flatMap(this::file);
            }
        }
        return Optional.empty();
    }

    private Optional<Path> file(ToolCall call) {
        try {
            String path = call.arguments().as(JsonNode.class).path("file_path").asText("");
            return path.isEmpty()
                    ? Optional.empty()
                    : Optional.of(workspace.resolve(path).target());
        } catch (UnusablePathException e) {
            return Optional.empty();
        }
    }
}
