package dev.yardmaster.agent;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.yardmaster.agent.ChecklistReport.Item;
import dev.yardmaster.agent.ChecklistReport.Verdict;
import dev.yardmaster.definition.Checklist;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks an agent that says it is done to show it, item by item, and believes only what its own tool calls show. One gate
 * serves one piece of work; not thread-safe.
 */
final class ChecklistGate {

    /** How a verdict is written: {@code {"checklist": [{"item": 1, "verdict": "done", "calls": ["3.1"], "note": ""}]}}. */
    private record Answer(@JsonProperty("checklist") List<Claim> claims) {}

    private record Claim(int item, String verdict, List<String> calls, String note) {
        private Claim {
            verdict = verdict == null ? "" : verdict;
            calls = calls == null ? List.of() : calls;
            note = note == null ? "" : note;
        }
    }

    private final Checklist checklist;
    /** Its calls, by turn and place. */
    private final Map<String, Made> made = new LinkedHashMap<>();

    private record Made(String call, boolean worked) {}

    ChecklistGate(Checklist checklist) {
        this.checklist = checklist;
    }

    /** Takes note of a call, so that it can be cited. */
    void saw(int turn, int call, ToolCall made, ToolResult result) {
        if (!checklist.isEmpty()) {
            String shown = made.name() + " " + shortened(made.arguments().text());
            this.made.put(turn + "." + call, new Made(shown, result.succeeded()));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 117) + "…";
    }

    /** What the agent is asked when it says that it is done. */
    String question() {
        var items = new ArrayList<String>();
        for (int i = 0; i < checklist.items().size(); i++) {
            items.add((i + 1) + ". " + checklist.items().get(i));
        }
        String calls = made.isEmpty()
                ? "none"
                : made.entrySet().stream()
                        .map(call -> call.getKey() + " " + call.getValue().call()
                                + (call.getValue().worked() ? "" : " (did not work)"))
                        .collect(Collectors.joining("\n"));
        return """
                Before this counts as done: show, item by item, where you stand with your checklist.

                %s

                Your tool calls so far (turn.call):
                %s

                Answer with one JSON object and nothing else:
                {"checklist": [{"item": 1, "verdict": "done", "calls": ["2.1"], "note": "what the call shows"}, …]}
                verdict is "done" (cite the calls that show it), "not_applicable" (the note says why) or "open". \
                If something is missing that you can still do, do it first.""".formatted(String.join("\n", items), calls);
    }

    /** What the agent is asked when items are open. */
    String openQuestion(ChecklistReport report) {
        return "These items are still open:\n"
                + report.open().stream()
                        .map(item -> "- " + item.item() + (item.note().isEmpty() ? "" : " (" + item.note() + ")"))
                        .collect(Collectors.joining("\n"))
                + "\n\nDo what is missing, then answer again.\n\n" + question();
    }

    /** What an answer amounts to; whatever it does not show is open. */
    ChecklistReport read(String text) {
        Map<Integer, Claim> claims = new LinkedHashMap<>();
        Optional<List<Claim>> given = claims(text);
        given.orElse(List.of()).forEach(claim -> claims.put(claim.item(), claim));
        String problem = given.isPresent() ? "no verdict was given" : "the verdict was not the JSON that was asked for";
        var items = new ArrayList<Item>();
        for (int i = 0; i < checklist.items().size(); i++) {
            String item = checklist.items().get(i);
            Claim claim = claims.get(i + 1);
            items.add(claim == null ? new Item(item, Verdict.OPEN, List.of(), problem) : checked(item, claim));
        }
        return new ChecklistReport(items);
    }

    private static Optional<List<Claim>> claims(String text) {
        try {
            return JsonInText.find(text).map(json -> json.as(Answer.class)).map(Answer::claims);
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    /** The report of an agent whose turns ran out before it gave a verdict. */
    ChecklistReport unanswered() {
        return new ChecklistReport(checklist.items().stream()
                .map(item -> new Item(item, Verdict.OPEN, List.of(), "its turns ran out before it was asked"))
                .toList());
    }

    private Item checked(String item, Claim claim) {
        return switch (claim.verdict()
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace(' ', '_')
                .replace('-', '_')) {
            case "done" -> shown(item, claim);
            case "not_applicable" ->
                claim.note().isBlank()
                        ? open(item, claim, "said not to apply, without a reason")
                        : new Item(item, Verdict.NOT_APPLICABLE, List.of(), claim.note());
            default -> open(item, claim, claim.note());
        };
    }

    private Item shown(String item, Claim claim) {
        var unknown =
                claim.calls().stream().filter(call -> !made.containsKey(call)).toList();
        var failed = claim.calls().stream()
                .filter(call -> made.containsKey(call) && !made.get(call).worked())
                .toList();
        if (claim.calls().isEmpty()) {
            return open(item, claim, "said to be done, but no tool call was cited");
        }
        if (!unknown.isEmpty()) {
            return open(
                    item, claim, "said to be done, citing calls that were never made: " + String.join(", ", unknown));
        }
        if (!failed.isEmpty()) {
            return open(item, claim, "said to be done, citing calls that did not work: " + String.join(", ", failed));
        }
        return new Item(item, Verdict.DONE, claim.calls(), claim.note());
    }

    private static Item open(String item, Claim claim, String why) {
        return new Item(item, Verdict.OPEN, claim.calls(), why);
    }
}
