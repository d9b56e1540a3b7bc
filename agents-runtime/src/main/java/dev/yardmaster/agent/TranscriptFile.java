package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.model.Message;
import dev.yardmaster.tool.ToolCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * An agent's conversation as scripts of hooks look for it: JSON lines in the shape in which the format's programs keep theirs, one
 * for each message, and of a reply one for each of its blocks. Nothing is written before somebody wants to read it; what was
 * written stays, also of a part of the conversation that is made shorter. Thread-safe.
 */
final class TranscriptFile implements Consumer<Message> {

    private final Path file;
    private final Agent agent;
    private final NodeContext context;
    private final List<Message> unwritten = new ArrayList<>();
    private boolean begun;
    private int lines;
    private String last = "";

    TranscriptFile(Path file, Agent agent, NodeContext context) {
        this.file = file;
        this.agent = agent;
        this.context = context;
    }

    @Override
    public synchronized void accept(Message message) {
        unwritten.add(message);
    }

    /** The file, with all messages so far in it. */
    synchronized Path upToDate() throws IOException {
        var text = new StringBuilder();
        for (Message message : unwritten) {
            for (ObjectNode line : lines(message)) {
                text.append(line).append('\n');
            }
        }
        StandardOpenOption how = begun ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, how, StandardOpenOption.WRITE);
        begun = true;
        unwritten.clear();
        return file;
    }

    private List<ObjectNode> lines(Message message) {
        return switch (message) {
            case Message.System system -> List.of();
            case Message.User user -> List.of(line("user", said(user.text())));
            case Message.Summary summary -> {
                ObjectNode line = line("user", said(summary.text()));
                yield List.of(line.put("isCompactSummary", true));
            }
            case Message.Assistant reply -> reply(reply);
            case Message.ToolOutput output -> {
                ObjectNode told = object().put("role", "user");
                told.putArray("content")
                        .addObject()
                        .put("tool_use_id", output.callId())
                        .put("type", "tool_result")
                        .put("content", context.redacted(output.text()))
                        .put("is_error", output.error());
                yield List.of(line("user", told));
            }
        };
    }

    private ObjectNode said(String text) {
        return object().put("role", "user").put("content", context.redacted(text));
    }

    private List<ObjectNode> reply(Message.Assistant reply) {
        var all = new ArrayList<ObjectNode>();
        String id = "msg_" + uuid();
        String end = reply.calls().isEmpty() ? "end_turn" : "tool_use";
        if (!reply.text().isEmpty() || reply.calls().isEmpty()) {
            all.add(block(id, end, object().put("type", "text").put("text", context.redacted(reply.text()))));
        }
        for (ToolCall call : reply.calls()) {
            ObjectNode use =
                    object().put("type", "tool_use").put("id", call.id()).put("name", call.name());
            use.set("input", redacted(call.arguments().as(JsonNode.class)));
            all.add(block(id, end, use));
        }
        return all;
    }

    private ObjectNode block(String id, String end, ObjectNode block) {
        ObjectNode message = object().put("id", id).put("type", "message").put("role", "assistant");
        message.put("model", agent.model().name());
        message.putArray("content").add(block);
        return line("assistant", message.put("stop_reason", end));
    }

    private ObjectNode line(String type, ObjectNode message) {
        ObjectNode line = object();
        line.put("parentUuid", last.isEmpty() ? null : last);
        last = uuid();
        line.put("isSidechain", agent.post().depth() > 0)
                .put("userType", "external")
                .put("cwd", agent.workspace().root().toString())
                .put("sessionId", context.run().toString())
                .put("type", type);
        line.set("message", message);
        lines++;
        return line.put("uuid", last).put("timestamp", context.now().toString());
    }

    /** The same whenever this is written again. */
    private String uuid() {
        String name = context.idempotencyKey() + "/" + lines;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private JsonNode redacted(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = object();
                object.properties().forEach(each -> copy.set(each.getKey(), redacted(each.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(each -> copy.add(redacted(each)));
                yield copy;
            }
            default -> node.isTextual() ? JsonNodeFactory.instance.textNode(context.redacted(node.asText())) : node;
        };
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
