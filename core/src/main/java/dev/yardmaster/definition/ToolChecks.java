package dev.yardmaster.definition;

import java.util.List;

/** Tells of names in a list of tools that grant, or deny, nothing here. */
final class ToolChecks {

    private static final int MOST_TOLD = 50;

    private ToolChecks() {}

    static void granted(Field field, List<ToolList.Entry> entries, ToolNames names, Findings findings) {
        for (ToolList.Entry entry : entries.stream().limit(MOST_TOLD).toList()) {
            if (!names.isKnown(entry.name())) {
                findings.warning(
                        entry.at(),
                        "tool-unknown",
                        Quoted.of(entry.name()) + " is no tool that agent files know; nothing is granted for it",
                        names.meant(entry.name())
                                .map(meant -> "did you mean " + Quoted.of(meant) + "?")
                                .orElse("remove it, or use one of " + names.availableNames()));
            } else if (!ToolNames.canBeHeld(entry.name())) {
                findings.warning(
                        entry.at(),
                        "tool-scope-unknown",
                        Quoted.of(entry.name())
                                + " is held to something that this tool cannot be held to; nothing is granted for it",
                        "write the tool's name alone, or hold Bash to commands and Read and Edit to paths");
            } else if (!names.isAvailable(entry.name())) {
                findings.hint(
                        entry.at(),
                        "tool-unavailable",
                        Quoted.of(entry.name()) + " is not available here; nothing is granted for it",
                        "nothing needs doing if it can work without; available are " + names.availableNames());
            }
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
        for (ToolList.Entry entry : entries.stream().limit(MOST_TOLD).toList()) {
            if (!names.isKnown(entry.name())) {
                findings.warning(
                        entry.at(),
                        "tool-unknown",
                        Quoted.of(entry.name()) + " is no tool that agent files know; nothing is denied by it",
                        names.meant(entry.name())
                                .map(meant -> "did you mean " + Quoted.of(meant) + "?")
                                .orElse("remove it, or use one of " + names.availableNames()));
            }
        }
    }
}
