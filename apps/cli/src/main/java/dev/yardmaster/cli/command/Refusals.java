package dev.yardmaster.cli.command;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.Diagnostic;
import dev.yardmaster.definition.Diagnostic.Severity;
import dev.yardmaster.definition.Reading;
import dev.yardmaster.definition.UnknownAgentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Agent files that cannot be used, for people who look for the agent and not for its file. */
final class Refusals {

    private static final int MOST = 5;

    private Refusals() {}

    /** A line for each file, and how to learn more; nothing when none is refused. */
    static List<String> of(AgentCatalog catalog) {
        List<Reading> refused = refused(catalog).toList();
        if (refused.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add(refused.size() == 1 ? "1 file is refused:" : refused.size() + " files are refused:");
        refused.stream().limit(MOST).forEach(each -> lines.add(why(each)));
        if (refused.size() > MOST) {
            lines.add("and " + (refused.size() - MOST) + " more");
        }
        lines.add("'yardmaster agents check DIR' says what to do.");
        return lines;
    }

    /** That there is no such agent; when a file seems to be meant that is refused, with why it is. */
    static String told(UnknownAgentException unknown, AgentCatalog catalog) {
        return refused(catalog)
                .filter(each -> stem(each.file()).equalsIgnoreCase(unknown.name()))
                .findFirst()
                .map(each -> "there is no agent '" + unknown.name() + "': its file is refused, " + why(each)
                        + "; 'yardmaster agents check " + Allowing.quoted(each.file()) + "' says what to do")
                .orElse(String.valueOf(unknown.getMessage()));
    }

    private static Stream<Reading> refused(AgentCatalog catalog) {
        return catalog.files().stream().filter(Reading.Refused.class::isInstance);
    }

    private static String why(Reading refused) {
        String first = refused.diagnostics().stream()
                .filter(each -> each.severity() == Severity.ERROR)
                .findFirst()
                .map(Diagnostic::message)
                .orElse("it cannot be used");
        return refused.file() + ": " + first;
    }

    /** Agents are mostly called as their files are. */
    private static String stem(String file) {
        Path name = Path.of(file).getFileName();
        return name == null ? "" : name.toString().replaceFirst("\\.md$", "");
    }
}
