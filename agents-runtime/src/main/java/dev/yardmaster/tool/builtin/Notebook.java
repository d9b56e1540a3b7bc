package dev.yardmaster.tool.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.workspace.ResolvedPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A Jupyter notebook (nbformat 4) as a reader sees it: its cells one after the other, with what they put out. Pictures
 * and other data are named, not shown.
 */
final class Notebook {

    /** Larger ones are refused. */
    static final long MAX_BYTES = 20L * 1024 * 1024;

    private static final int MAX_CHARS = 100_000;
    private static final int MAX_OUTPUT = 4_000;

    private Notebook() {}

    static boolean isOne(String path) {
        return path.toLowerCase(java.util.Locale.ROOT).endsWith(".ipynb");
    }

    /** Its cells; empty when this is no notebook. */
    static Optional<String> text(byte[] bytes) {
        JsonNode notebook;
        try {
            notebook = Json.parse(new String(bytes, StandardCharsets.UTF_8)).as(JsonNode.class);
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
        JsonNode cells = notebook.path("cells");
        if (!cells.isArray()) {
            return Optional.empty();
        }
        var text = new StringBuilder();
        for (int i = 0; i < cells.size() && text.length() < MAX_CHARS; i++) {
            cell(i, cells.get(i), text);
        }
        String all = text.isEmpty() ? "(the notebook has no cells)\n" : text.toString();
        return Optional.of(
                all.length() <= MAX_CHARS
                        ? all
                        : all.substring(0, MAX_CHARS) + "\n(PARTIAL view: the rest is cut off)\n");
    }

    /** Takes note that its cells were seen as they are, which is not all of its text. */
    static void saw(ResolvedPath file, byte[] bytes, ToolContext context) {
        context.readFiles().saw(file.target(), TextFile.sha256(bytes), 1, 0, 1);
    }

    private static void cell(int index, JsonNode cell, StringBuilder text) {
        String id = cell.path("id").asText();
        text.append("[cell ")
                .append(index)
                .append(", ")
                .append(cell.path("cell_type").asText("unknown"))
                .append(id.isEmpty() ? "" : ", id " + id)
                .append("]\n")
                .append(joined(cell.path("source")).stripTrailing())
                .append('\n');
        var outputs = new ArrayList<String>();
        cell.path("outputs").forEach(output -> outputs.add(output(output).stripTrailing()));
        if (!outputs.isEmpty()) {
            String all = String.join("\n", outputs);
            text.append("[output]\n")
                    .append(all, 0, Math.min(MAX_OUTPUT, all.length()))
                    .append(all.length() > MAX_OUTPUT ? " … (output cut)\n" : "\n");
        }
        text.append('\n');
    }

    private static String output(JsonNode output) {
        if (output.has("text")) {
            return joined(output.get("text"));
        }
        if (output.path("output_type").asText().equals("error")) {
            return output.path("ename").asText() + ": " + output.path("evalue").asText();
        }
        JsonNode data = output.path("data");
        if (data.has("text/plain")) {
            return joined(data.get("text/plain"));
        }
        var kinds = new ArrayList<String>();
        data.fieldNames().forEachRemaining(kinds::add);
        return "(" + (kinds.isEmpty() ? "nothing" : String.join(", ", kinds)) + ")";
    }

    /** A text, or the lines of one. */
    private static String joined(JsonNode text) {
        if (!text.isArray()) {
            return text.asText();
        }
        var all = new StringBuilder();
        text.forEach(line -> all.append(line.asText()));
        return all.toString();
    }
}
