package dev.yardmaster.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.cli.output.JsonLine;
import dev.yardmaster.event.RunId;
import dev.yardmaster.worktree.Leftover;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What came of deleting runs, for programs. The format is docs/json.md. */
final class PrunedJson {

    private PrunedJson() {}

    /** Writes the line. @param elsewhere runs by the folder in which what they left is not touched */
    static void write(PrintStream out, List<RunId> deleted, List<Leftover> stays, Map<Path, List<String>> elsewhere) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("v", 1);
        line.set("deleted", texts(deleted.stream().map(RunId::value).toList()));
        ArrayNode branches = line.putArray("branches");
        for (Leftover each : stays) {
            ObjectNode branch = branches.addObject().put("run", each.run()).put("branch", each.branch());
            branch.set("files", texts(each.files()));
            branch.put("trouble", each.trouble().orElse(null));
        }
        ArrayNode alone = line.putArray("leftAlone");
        elsewhere.forEach((folder, runs) ->
                alone.addObject().put("folder", folder.toString()).set("runs", texts(runs)));
        out.println(JsonLine.of(line));
        out.flush();
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        texts.forEach(all::add);
        return all;
    }
}
