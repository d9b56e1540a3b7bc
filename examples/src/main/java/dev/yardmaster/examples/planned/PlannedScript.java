package dev.yardmaster.examples.planned;

import dev.yardmaster.event.Json;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import java.util.List;
import java.util.Map;

/** What planner, specialists and reporter reply. Files and commands are real; so are the numbers they report. */
final class PlannedScript {

    private static final String EXPORT = """
            import csv
            import io

            FIELDS = ["id", "total"]


            def export(orders):
                out = io.StringIO()
                writer = csv.DictWriter(out, FIELDS, extrasaction="ignore")
                writer.writeheader()
                writer.writerows(orders)
                return out.getvalue()
            """;
    private static final String TEST = """
            import unittest

            from export import export
            from orders import ORDERS


            class ExportTest(unittest.TestCase):
                def test_has_a_line_for_each_order(self):
                    self.assertEqual(3, len(export(ORDERS).splitlines()))

                def test_leaves_customers_out(self):
                    self.assertNotIn("@", export(ORDERS))
            """;

    private PlannedScript() {}

    private static Map<String, Object> subtask(
            String id, String task, String specialist, List<String> after, String acceptance, String output) {
        return Map.of(
                "id", id,
                "task", task,
                "specialist", specialist,
                "after", after,
                "acceptance", List.of(acceptance),
                "outputs", List.of(output));
    }

    private static String plan() {
        return Json.of(Map.of(
                        "subtasks",
                        List.of(
                                subtask(
                                        "code",
                                        "Write export(orders) in export.py, as CSV, and its tests in test_export.py",
                                        "python-developer",
                                        List.of(),
                                        "the tests pass",
                                        "export.py, test_export.py"),
                                subtask(
                                        "page",
                                        "Write EXPORT.md, a page for the people who use the export in export.py",
                                        "technical-writer",
                                        List.of("code"),
                                        "EXPORT.md names the columns that are there",
                                        "EXPORT.md"),
                                subtask(
                                        "privacy",
                                        "See whether personal data of orders.py leaks through export.py",
                                        "privacy-reviewer",
                                        List.of("code"),
                                        "every field of an order was looked at",
                                        "the fields that are exported, and whether one is personal"))))
                .text();
    }

    private static ScriptedReply shown(String call) {
        return ScriptedReply.say("{\"checklist\": [{\"item\": 1, \"verdict\": \"done\", \"calls\": [\"" + call
                + "\"], \"note\": \"see the call\"}]}");
    }

    static ScriptedModel script() {
        return ScriptedModel.replies("planner", plan())
                .and(
                        "python-developer",
                        ScriptedReply.call("Write", Map.of("file_path", "export.py", "content", EXPORT)),
                        ScriptedReply.call("Write", Map.of("file_path", "test_export.py", "content", TEST)),
                        ScriptedReply.call("Bash", Map.of("command", "python3 -m unittest"))
                                .capture("tests", "Ran (\\d+) tests"),
                        ScriptedReply.say("export.py is there; ${tests} tests pass."),
                        shown("3.1"))
                .and(
                        "technical-writer",
                        ScriptedReply.call("Read", Map.of("file_path", "export.py"))
                                .capture("fields", "FIELDS = \\[(.*)\\]"),
                        ScriptedReply.call(
                                "Write",
                                Map.of("file_path", "EXPORT.md", "content", "# The export\n\nColumns: ${fields}\n")),
                        ScriptedReply.say("EXPORT.md names the columns ${fields}."),
                        shown("2.1"))
                .and(
                        "privacy-reviewer",
                        ScriptedReply.call(
                                        "Grep",
                                        Map.of("pattern", "FIELDS", "path", "export.py", "output_mode", "content"))
                                .capture("fields", "FIELDS = \\[(.*)\\]"),
                        ScriptedReply.say("Only ${fields} are exported: no personal data."),
                        shown("1.1"))
                .and(
                        "reporter",
                        "The export is written and tested, EXPORT.md explains it, and no personal data is in it.");
    }
}
