package dev.yardmaster.testkit;

import dev.yardmaster.agent.ChecklistReport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/**
 * Assertions on what an agent did. A tool counts as called when the call was let run; what was refused is
 * {@link #wasDenied}. Tools' names are compared without regard to case. Every failure lists the calls.
 */
public final class AgentAssert extends AbstractAssert<AgentAssert, List<AgentWork>> {

    private final String who;

    AgentAssert(String who, List<AgentWork> works) {
        super(works, AgentAssert.class);
        this.who = who;
    }

    private List<ToolUse> uses() {
        return actual.stream().flatMap(work -> work.calls().stream()).toList();
    }

    /** At least one call of this tool was run. */
    public AgentAssert calledTool(String tool) {
        return calledTool(tool, "");
    }

    /** At least one call of this tool was run, with arguments whose JSON text holds this. */
    public AgentAssert calledTool(String tool, String argument) {
        if (uses().stream()
                .noneMatch(use -> use.ran()
                        && use.isOf(tool)
                        && use.call().arguments().text().contains(argument))) {
            throw broken("have called " + tool + (argument.isEmpty() ? "" : " with '" + argument + "'"));
        }
        return this;
    }

    /** Exactly these tools were run, in this order: one name a call. */
    public AgentAssert calledTools(String... tools) {
        List<String> called = uses().stream()
                .filter(ToolUse::ran)
                .map(use -> use.call().name().toLowerCase(Locale.ROOT))
                .toList();
        if (!called.equals(
                Arrays.stream(tools).map(tool -> tool.toLowerCase(Locale.ROOT)).toList())) {
            throw broken("have called exactly " + Arrays.toString(tools) + " in this order");
        }
        return this;
    }

    /** No call of these tools was run. */
    public AgentAssert didNotCall(String... tools) {
        if (uses().stream().anyMatch(use -> use.ran() && Arrays.stream(tools).anyMatch(use::isOf))) {
            throw broken("have called none of " + Arrays.toString(tools));
        }
        return this;
    }

    /** At least one call of this tool was refused by the policy or by a person. */
    public AgentAssert wasDenied(String tool) {
        if (uses().stream().noneMatch(use -> use.denied() && use.isOf(tool))) {
            throw broken("have been denied a call of " + tool);
        }
        return this;
    }

    /** No call was refused by the policy or by a person. */
    public AgentAssert wasDeniedNothing() {
        if (uses().stream().anyMatch(ToolUse::denied)) {
            throw broken("have been denied nothing");
        }
        return this;
    }

    /** It could show something for each item of its checklist, or why the item does not apply. */
    public AgentAssert checklistIsDone() {
        for (AgentWork work : actual) {
            ChecklistReport report = work.checklist()
                    .orElseThrow(() -> broken("have shown its checklist done, but it gave no report on one"));
            if (!report.open().isEmpty()) {
                throw broken("have shown its checklist done, but open are"
                        + report.open().stream()
                                .map(item -> "\n  - " + item.item() + " (" + item.note() + ")")
                                .collect(Collectors.joining()));
            }
        }
        return this;
    }

    /** The last reply of its last task holds this. */
    public AgentAssert said(String part) {
        String words = actual.getLast().words();
        if (!words.contains(part)) {
            throw broken("have said '" + part + "' at last, but it said: " + words);
        }
        return this;
    }

    /** Its model was asked so many times, all its tasks together. */
    public AgentAssert tookTurns(int turns) {
        int taken = actual.stream().mapToInt(work -> work.replies().size()).sum();
        if (taken != turns) {
            throw broken("have taken " + turns + " turns, but it took " + taken);
        }
        return this;
    }

    /** All its calls, refused ones included. */
    public ListAssert<ToolUse> calls() {
        return Assertions.assertThat(uses()).as("tool calls of " + who);
    }

    private AssertionError broken(String wanted) {
        List<ToolUse> uses = uses();
        return failure(
                "%s",
                "Expecting " + who + " to " + wanted + ".\n"
                        + (uses.isEmpty() ? "It made no tool calls" : "Its tool calls:")
                        + uses.stream().map(use -> "\n  " + use).collect(Collectors.joining()));
    }
}
