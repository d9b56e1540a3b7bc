package dev.yardmaster.examples.endpoint;

import static dev.yardmaster.model.ScriptedReply.call;
import static dev.yardmaster.model.ScriptedReply.say;

import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import java.util.Map;

/** What a model would say while the endpoint is built: first with two mistakes, then without. */
final class EndpointScript {

    static final String SUITE = "python3 -m unittest discover -t . -s tests";
    static final String EDGES = "python3 -m unittest tests.test_orders_edges";

    private static final String ROUTE = """
                    elif match := re.fullmatch(r"/users/(\\d+)/orders", self.path):
            """;

    private EndpointScript() {}

    static ScriptedModel model() {
        return ScriptedModel.replies("backend-engineer", build())
                .when("backend-engineer", "## report", mend())
                .and("qa-engineer", test())
                .when("qa-engineer", "Mended:", testAgain())
                .and("security-reviewer", audit())
                .when("security-reviewer", "Mended:", auditAgain())
                .usage(2_000, 150)
                .named("endpoint");
    }

    private static ScriptedReply read(String file) {
        return call("Read", Map.of("file_path", file));
    }

    private static ScriptedReply write(String file, String resource) {
        return call("Write", Map.of("file_path", file, "content", EndpointExample.resource("written/" + resource)));
    }

    private static ScriptedReply edit(String file, String before, String after) {
        return call("Edit", Map.of("file_path", file, "old_string", before, "new_string", after));
    }

    private static ScriptedReply run(String command) {
        return call("Bash", Map.of("command", command));
    }

    private static ScriptedReply[] build() {
        return new ScriptedReply[] {
            read("app/server.py")
                    .andCall("Read", Map.of("file_path", "app/store.py"))
                    .andCall("Read", Map.of("file_path", "tests/client.py")),
            edit("app/server.py", "import json\n", "import json\nimport re\nfrom dataclasses import asdict\n")
                    .andCall(
                            "Edit",
                            Map.of(
                                    "file_path",
                                    "app/server.py",
                                    "old_string",
                                    "        else:\n",
                                    "new_string",
                                    ROUTE
                                            + "            orders = self.store.orders_of(int(match[1]))\n"
                                            + "            self.answer(200, [asdict(order) for order in orders])\n"
                                            + "        else:\n"))
                    .andCall(
                            "Edit",
                            Map.of(
                                    "file_path",
                                    "app/store.py",
                                    "old_string",
                                    "        return self.tokens.get(token)\n",
                                    "new_string",
                                    """
                                            return self.tokens.get(token)

                                        def orders_of(self, user_id: int) -> list[Order]:
                                            \"""All orders of a user, oldest first.\"""
                                            return [order for order in self.orders if order.user_id == user_id]
                                    """)),
            write("tests/test_orders.py", "test_orders.py"),
            run(SUITE).capture("tests", "Ran ([0-9]+) tests"),
            say(
                    "GET /users/{id}/orders lists a user's orders as JSON (app/server.py, app/store.py). ${tests} tests pass."),
            say("""
                    {"checklist": [
                      {"item": 1, "verdict": "done", "calls": ["2.3"], "note": "the new method is annotated"},
                      {"item": 2, "verdict": "not_applicable", "note": "standard library only; orders are dataclasses"},
                      {"item": 3, "verdict": "done", "calls": ["2.2"], "note": "other paths stay 404"},
                      {"item": 4, "verdict": "done", "calls": ["2.2"], "note": "the id is matched as digits"},
                      {"item": 5, "verdict": "done", "calls": ["3.1", "4.1"], "note": "tests/test_orders.py"},
                      {"item": 6, "verdict": "done", "calls": ["4.1"], "note": "over a real HTTP request"},
                      {"item": 7, "verdict": "not_applicable", "note": "there is no SQL"},
                      {"item": 8, "verdict": "done", "calls": ["1.1"], "note": "requests are not logged"},
                      {"item": 9, "verdict": "not_applicable", "note": "there is no database"}]}"""),
        };
    }

    private static ScriptedReply[] mend() {
        return new ScriptedReply[] {
            read("app/server.py").andCall("Read", Map.of("file_path", "tests/test_orders.py")),
            edit("app/server.py", """
                    \s           orders = self.store.orders_of(int(match[1]))
                                self.answer(200, [asdict(order) for order in orders])
                    """, "            self.orders(int(match[1]))\n")
                    .andCall("Edit", Map.of("file_path", "app/server.py", "old_string", """
                                def answer(self, status: int, body: object) -> None:
                            """, "new_string", """
                                def orders(self, user_id: int) -> None:
                                    caller = self.store.user_of(self.headers.get("Authorization", "").removeprefix("Bearer "))
                                    if caller is None:
                                        self.answer(401, {"error": "a valid token is needed"})
                                    elif caller != user_id:
                                        self.answer(403, {"error": "these are not your orders"})
                                    else:
                                        self.answer(200, [asdict(order) for order in self.store.orders_of(user_id)])

                                def answer(self, status: int, body: object) -> None:
                            """))
                    .andCall(
                            "Write",
                            Map.of(
                                    "file_path",
                                    "tests/test_orders.py",
                                    "content",
                                    EndpointExample.resource("written/test_orders_again.py"))),
            run(SUITE).capture("tests", "Ran ([0-9]+) tests"),
            say(
                    "Mended: GET /users/{id}/orders needs the user's own token: 401 without one, 403 for anybody else's orders,"
                            + " which covers users that do not exist. The tester's cases in tests/test_orders_edges.py still"
                            + " expect the old behaviour."),
            say("""
                    {"checklist": [
                      {"item": 1, "verdict": "done", "calls": ["2.2"]},
                      {"item": 2, "verdict": "not_applicable", "note": "standard library only"},
                      {"item": 3, "verdict": "done", "calls": ["2.2"], "note": "401, 403 and 404"},
                      {"item": 4, "verdict": "done", "calls": ["2.2"], "note": "token and id are checked"},
                      {"item": 5, "verdict": "done", "calls": ["2.3", "3.1"]},
                      {"item": 6, "verdict": "done", "calls": ["2.3", "3.1"]},
                      {"item": 7, "verdict": "not_applicable", "note": "there is no SQL"},
                      {"item": 8, "verdict": "done", "calls": ["1.1"]},
                      {"item": 9, "verdict": "not_applicable", "note": "there is no database"}]}"""),
        };
    }

    private static ScriptedReply[] test() {
        return new ScriptedReply[] {
            run(SUITE).andCall("Read", Map.of("file_path", "app/server.py")),
            write("tests/test_orders_edges.py", "test_orders_edges.py"),
            run(EDGES).capture("alone", "Ran ([0-9]+) tests"),
            run(SUITE).capture("ran", "Ran ([0-9]+) tests").capture("failed", "failures=([0-9]+)"),
            say("""
                    {"ran": ${ran}, "failed": ${failed}, "defects": [
                      "GET /users/99/orders, a user that does not exist: 404 expected, 200 with an empty list came"]}"""),
            say("""
                    {"checklist": [
                      {"item": 1, "verdict": "done", "calls": ["1.1"]},
                      {"item": 2, "verdict": "done", "calls": ["2.1"]},
                      {"item": 3, "verdict": "done", "calls": ["3.1"], "note": "one is red for the defect; the other two guard paths that were 404 before the change"},
                      {"item": 4, "verdict": "done", "calls": ["4.1"]},
                      {"item": 5, "verdict": "done", "calls": ["3.1", "4.1"], "note": "${alone} of them alone, and with the rest"},
                      {"item": 6, "verdict": "done", "calls": ["4.1"]}]}"""),
        };
    }

    private static ScriptedReply[] testAgain() {
        return new ScriptedReply[] {
            run(EDGES)
                    .andCall("Read", Map.of("file_path", "tests/test_orders_edges.py"))
                    .andCall("Read", Map.of("file_path", "app/server.py"))
                    .capture("red", "(FAILED)"),
            write("tests/test_orders_edges.py", "test_orders_edges_again.py"),
            run(EDGES),
            run(SUITE).capture("ran", "Ran ([0-9]+) tests").capture("verdict", "^(OK)$"),
            say("{\"ran\": ${ran}, \"failed\": 0, \"defects\": []}"),
            say("""
                    {"checklist": [
                      {"item": 1, "verdict": "done", "calls": ["1.1"]},
                      {"item": 2, "verdict": "done", "calls": ["2.1"]},
                      {"item": 3, "verdict": "done", "calls": ["1.1"], "note": "${red} before: what they ask for has changed"},
                      {"item": 4, "verdict": "done", "calls": ["4.1"], "note": "${verdict}"},
                      {"item": 5, "verdict": "done", "calls": ["3.1", "4.1"]},
                      {"item": 6, "verdict": "not_applicable", "note": "no defect is left"}]}"""),
        };
    }

    private static ScriptedReply look() {
        return call(
                        "Grep",
                        Map.of("pattern", "def do_|self\\.path", "path", "app", "output_mode", "content", "-n", true))
                .andCall("Read", Map.of("file_path", "app/server.py"))
                .andCall("Read", Map.of("file_path", "app/store.py"))
                .andCall(
                        "Grep", Map.of("pattern", "(?i)token|secret|password", "path", "app", "output_mode", "content"))
                .andCall("Glob", Map.of("pattern", "**/{requirements*.txt,pyproject.toml,setup.py}"));
    }

    private static ScriptedReply shown() {
        return say("""
                {"checklist": [
                  {"item": 1, "verdict": "done", "calls": ["1.1"]},
                  {"item": 2, "verdict": "done", "calls": ["1.2"]},
                  {"item": 3, "verdict": "done", "calls": ["1.2", "1.3"]},
                  {"item": 4, "verdict": "done", "calls": ["1.1", "1.2"]},
                  {"item": 5, "verdict": "done", "calls": ["1.4"], "note": "tokens are test data of an in-memory store"},
                  {"item": 6, "verdict": "done", "calls": ["1.5"], "note": "there are none"},
                  {"item": 7, "verdict": "done", "calls": ["1.1"], "note": "transport and deployment"}]}""");
    }

    private static ScriptedReply[] audit() {
        return new ScriptedReply[] {
            look().capture("line", "^\\s*([0-9]+)\\t\\s+orders = self\\.store\\.orders_of"), say("""
                    {"findings": [{"where": "app/server.py:${line}", "severity": "HIGH",
                      "text": "anybody can read anybody's orders: the route asks for no token"}],
                     "notExamined": "transport and deployment"}"""), shown(),
        };
    }

    private static ScriptedReply[] auditAgain() {
        return new ScriptedReply[] {
            look().capture("check", "(caller != user_id)"),
            say("{\"findings\": [], \"notExamined\": \"transport and deployment\"}"),
            shown(),
        };
    }
}
