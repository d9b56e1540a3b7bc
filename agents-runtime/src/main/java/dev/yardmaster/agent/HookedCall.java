package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.permission.InvalidRuleException;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A call as hooks see it: by the tool's own name, with absolute paths, and with results in the shapes that scripts look for. */
record HookedCall(Tool tool, ToolCall call, List<Access> accesses, Workspace workspace) {

    private static final List<String> PATHS = List.of("file_path", "path", "notebook_path");

    /** What matchers go by. */
    List<String> names() {
        var names = new ArrayList<String>();
        names.add(tool.name());
        names.addAll(tool.aliases());
        return names;
    }

    /** Whether a permission rule means the call; one that cannot be read, or told, does. */
    boolean isMeantBy(String rule) {
        try {
            return Policy.of(Mode.BYPASS)
                    .with(Rule.deny(rule, "if"))
                    .decide(tool, call, accesses, workspace)
                    .rule()
                    .equals(rule);
        } catch (InvalidRuleException e) {
            return true;
        }
    }

    JsonNode input() {
        JsonNode arguments = call.arguments().as(JsonNode.class);
        if (arguments.deepCopy() instanceof ObjectNode copy) {
            for (String path : PATHS) {
                if (copy.path(path).isTextual()) {
                    copy.put(path, absolute(copy.path(path).asText()));
                }
            }
            return copy;
        }
        return arguments;
    }

    private String absolute(String path) {
        try {
            return workspace.resolve(path).written().toString();
        } catch (UnusablePathException e) {
            return path;
        }
    }

    /** What came of it: its text stands where scripts look first; what Read shows, as they know it. */
    JsonNode response(ToolResult.Text result) {
        ObjectNode response = Json.of(java.util.Map.of()).as(ObjectNode.class);
        JsonNode input = input();
        if (tool.name().equals("Read") && !result.attachments().isEmpty()) {
            return shown(response, input, result.attachments().getFirst());
        }
        switch (tool.name()) {
            case "Bash" ->
                response.put("stdout", result.text()).put("stderr", "").put("interrupted", false);
            case "Write" ->
                response.put("type", result.text().startsWith("Created") ? "create" : "update")
                        .put("filePath", input.path("file_path").asText())
                        .put("content", input.path("content").asText());
            case "Edit" ->
                response.put("filePath", input.path("file_path").asText())
                        .put("oldString", input.path("old_string").asText())
                        .put("newString", input.path("new_string").asText())
                        .put("replaceAll", input.path("replace_all").asBoolean());
            case "Read" -> {
                if (result.text().equals(ReadFiles.UNCHANGED)) {
                    response.put("type", "file_unchanged")
                            .putObject("file")
                            .put("filePath", input.path("file_path").asText());
                } else {
                    response.put("type", "text").put("content", result.text());
                }
            }
            default -> {
                response.put("content", result.text());
                ArrayNode shown = response.arrayNode();
                result.attachments()
                        .forEach(each -> shown.addObject()
                                .put("type", each.data().mediaType())
                                .put("base64", each.data().base64()));
                if (!shown.isEmpty()) {
                    response.set("attachments", shown);
                }
            }
        }
        return response;
    }

    private JsonNode shown(ObjectNode response, JsonNode input, Attachment attachment) {
        ObjectNode file = response.put("type", attachment.isPdf() ? "pdf" : "image")
                .putObject("file")
                .put("base64", attachment.data().base64())
                .put("originalSize", originalSize(attachment));
        if (attachment.isPdf()) {
            file.put("filePath", input.path("file_path").asText());
        } else {
            file.put("type", attachment.data().mediaType());
        }
        return response;
    }

    /** The file's, of which what is shown may be a smaller form. */
    private long originalSize(Attachment attachment) {
        for (Access access : accesses) {
            try {
                if (access instanceof Access.Reads read) {
                    return Files.size(read.target());
                }
            } catch (IOException e) {
                break; // it is gone by now
            }
        }
        return attachment.data().size();
    }
}
