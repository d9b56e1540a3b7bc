package dev.yardmaster.examples.worktrees;

import dev.yardmaster.event.Json;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import java.util.List;
import java.util.Map;

/** What planner, specialists and reporter reply. Files, worktrees and merges are real. */
final class WorktreesScript {

    private static final String BEFORE = "- The shop is open.\n";

    private WorktreesScript() {}

    private static Map<String, Object> subtask(String id, String task, String specialist, String output) {
        return Map.of(
                "id",
                id,
                "task",
                task,
                "specialist",
                specialist,
                "after",
                List.of(),
                "acceptance",
                List.of("CHANGES.md says so"),
                "outputs",
                List.of(output));
    }

    private static String plan(List<Map<String, Object>> subtasks) {
        return Json.of(Map.of("subtasks", subtasks)).text();
    }

    private static ScriptedReply edit(String file, String before, String after) {
        return ScriptedReply.call("Edit", Map.of("file_path", file, "old_string", before, "new_string", after));
    }

    private static ScriptedReply read(String file) {
        return ScriptedReply.call("Read", Map.of("file_path", file));
    }

    private static ScriptedReply write(String file, String text) {
        return ScriptedReply.call("Write", Map.of("file_path", file, "content", text));
    }

    private static ScriptedReply shown(String call) {
        return ScriptedReply.say("{\"checklist\": [{\"item\": 1, \"verdict\": \"done\", \"calls\": [\"" + call
                + "\"], \"note\": \"see the call\"}]}");
    }

    static ScriptedModel script() {
        return ScriptedModel.replies(
                        "price-clerk",
                        read("prices.csv"),
                        edit("prices.csv", "apples,3", "apples,2"),
                        read("CHANGES.md"),
                        edit("CHANGES.md", BEFORE, BEFORE + "- Apples are 2 in spring.\n"),
                        ScriptedReply.say("Apples are 2."),
                        shown("4.1"))
                .when(
                        "planner",
                        "conflicts with",
                        plan(List.of(subtask(
                                "page-again",
                                "Bring in the page that is on the branch yardmaster/spring-sale/page",
                                "page-writer",
                                "SALE.md"))))
                .and(
                        "planner",
                        plan(List.of(
                                subtask("prices", "Set the price of apples in prices.csv", "price-clerk", "prices.csv"),
                                subtask("page", "Write SALE.md about the sale", "page-writer", "SALE.md"))))
                .when(
                        "page-writer",
                        "Bring in",
                        ScriptedReply.call("Bash", Map.of("command", "git show yardmaster/spring-sale/page:SALE.md"))
                                .capture("page", "(# .*)"),
                        read("CHANGES.md").capture("said", "- (Apples.*)"),
                        write("SALE.md", "${page}\n\n${said}\n"),
                        edit("CHANGES.md", "- ${said}\n", "- ${said}\n- SALE.md tells about the sale.\n"),
                        ScriptedReply.say("SALE.md is in, and says what CHANGES.md says: ${said}"),
                        shown("4.1"))
                .and(
                        "page-writer",
                        write("SALE.md", "# Spring sale\n"),
                        read("CHANGES.md"),
                        edit("CHANGES.md", BEFORE, BEFORE + "- SALE.md is new.\n"),
                        ScriptedReply.say("SALE.md is there."),
                        shown("3.1"))
                .and("reporter", "Apples are 2, SALE.md says so, and both are in CHANGES.md.");
    }
}
