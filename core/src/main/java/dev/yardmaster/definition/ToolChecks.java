package dev.yardmaster.definition;

import java.util.List;
import java.util.stream.Collectors;

/** Tells of names in a list of tools that grant, or deny, nothing here. */
final class ToolChecks {

    private static final int MOST_TOLD = 50;

    private ToolChecks() {}

    static void granted(Field field, List<ToolList.Entry> entries, ToolNames names, Findings findings) {
        List<ToolList.Entry> told = entries.stream().limit(MOST_TOLD).toList();
        unknown(told, names, findings, "granted for");
        for (ToolList.Entry entry : told) {
            if (names.isKnown(entry.name()) && !ToolNames.canBeHeld(entry.name())) {
                findings.warning(
                        entry.at(),
                        "tool-scope-unknown",
                        Quoted.of(entry.name())
                                + " is held to something that this tool cannot be held to; nothing is granted for it",
                        "write the tool's name alone, or hold Bash to commands and Read and Edit to paths");
            }
        }
        List<ToolList.Entry> unavailable = told.stream()
                .filter(entry -> names.isKnown(entry.name()) && ToolNames.canBeHeld(entry.name()))
                .filter(entry -> !names.isAvailable(entry.name()))
                .toList();
        if (!unavailable.isEmpty()) {
            findings.hint(
                    unavailable.getFirst().at(),
                    "tool-unavailable",
                    listed(unavailable)
                            + (unavailable.size() == 1
                                    ? " is not available here; nothing is granted for it"
                                    : " are not available here; nothing is granted for them"),
                    "nothing needs doing if it can work without");
        }
        if (!entries.isEmpty() && entries.stream().noneMatch(entry -> names.isAvailable(entry.name()))) {
            findings.warning(
                    field.at(),
                    "tools-none-available",
                    "none of the tools that the agent names is available here",
                    "name at least one of " + names.availableNames());
        }
    }

    static void denied(List<ToolList.Entry> entries, ToolNames names, Findings findings) {
        unknown(entries.stream().limit(MOST_TOLD).toList(), names, findings, "denied by");
    }

    /** Slips of the pen one by one, each with what was meant; all others at once: they are tools of another program. */
    private static void unknown(List<ToolList.Entry> entries, ToolNames names, Findings findings, String what) {
        List<ToolList.Entry> unknown =
                entries.stream().filter(entry -> !names.isKnown(entry.name())).toList();
        unknown.forEach(entry -> names.meant(entry.name())
                .ifPresent(meant -> findings.warning(
                        entry.at(),
                        "tool-unknown",
                        Quoted.of(entry.name()) + " is no tool that agent files know; nothing is " + what + " it",
                        "did you mean " + Quoted.of(meant) + "?")));
        List<ToolList.Entry> others = unknown.stream()
                .filter(entry -> names.meant(entry.name()).isEmpty())
                .toList();
        if (!others.isEmpty()) {
            boolean one = others.size() == 1;
            findings.warning(
                    others.getFirst().at(),
                    "tool-unknown",
                    listed(others) + (one ? " is no tool" : " are no tools") + " that agent files know; nothing is "
                            + what + (one ? " it" : " them"),
                    "remove " + (one ? "it" : "them") + ", or use one of " + names.availableNames());
        }
    }

    private static String listed(List<ToolList.Entry> entries) {
        return entries.stream().map(entry -> Quoted.of(entry.name())).distinct().collect(Collectors.joining(", "));
    }
}
