package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.AgentJson;
import dev.yardmaster.cli.output.DiagnosticText;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.Diagnostic;
import dev.yardmaster.definition.Diagnostic.Severity;
import dev.yardmaster.definition.Reading;
import dev.yardmaster.routing.Lookalikes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Diagnostics of agent files. */
@Command(
        name = "check",
        header = "Check agent files: what is refused, what is doubtful, and what to do about it",
        description = {
            "Reads the agent files of folders (or single files; without any, those that 'yardmaster agents' finds beside the"
                    + " stock ones) and tells, with file, line and column, what is wrong and the remedy. Hints that say the same of several places are told once; --json tells them all. Exit code 1"
                    + " when there are errors, or no agents.",
            "",
            "Example:",
            "  yardmaster agents check .claude/agents"
        })
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Folders of agent files, or single files")
    private List<String> folders = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a file (docs/json.md)")
    private boolean json;

    CheckCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        Map<Path, String> distinct = new LinkedHashMap<>();
        List<String> repeated = new ArrayList<>();
        for (String folder : folders) {
            if (distinct.putIfAbsent(real(common.caller().path(folder)), folder) != null) {
                repeated.add(folder);
            }
        }
        AgentCatalog.Builder builder = folders.isEmpty()
                ? Session.ownAgents(
                        common.caller(),
                        Flags.ofAgents(common.caller(), List.of()).over(common.caller()))
                : AgentCatalog.builder().availableTools(Knowing.tools());
        distinct.values().forEach(folder -> builder.folder(shown(folder)));
        AgentCatalog catalog = builder.build();
        long errors = count(catalog, Severity.ERROR);
        if (json) {
            catalog.files().forEach(reading -> common.caller().out().println(AgentJson.of(reading)));
        } else {
            tell(catalog, repeated);
        }
        return errors > 0 || catalog.all().isEmpty() ? Exit.FAILED : Exit.DONE;
    }

    /** As it was written where that works from here, so that messages name it so. */
    private Path shown(String folder) {
        Path written = Path.of(folder);
        Path meant = common.caller().path(folder);
        return written.toAbsolutePath().equals(meant) ? written : meant;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.normalize(); // missing: the catalogue says so
        }
    }

    private void tell(AgentCatalog catalog, List<String> repeated) {
        Screen screen = common.screen();
        List<Diagnostic> diagnostics = catalog.diagnostics().stream()
                .filter(each -> !each.code().equals("not-an-agent"))
                .toList();
        new DiagnosticText(screen).showFolded(diagnostics);
        if (!diagnostics.isEmpty()) {
            screen.line();
        }
        lookalikes(screen, catalog);
        List<String> others = catalog.files().stream()
                .filter(Reading.NotAnAgent.class::isInstance)
                .map(each -> each.file() + because(each))
                .toList();
        if (!others.isEmpty()) {
            screen.text("", "Not agents, and left alone (" + others.size() + "):");
            others.forEach(file -> screen.text("  ", SafeText.line(file)));
            screen.line();
        }
        repeated.forEach(
                folder -> screen.text("", "'" + SafeText.line(folder) + "' was named twice and checked once."));
        if (catalog.files().isEmpty()) {
            String where = folders.isEmpty()
                    ? ".yardmaster/agents or .claude/agents, here or above or in the home folder"
                    : SafeText.line(String.join(", ", folders));
            screen.text(
                    "",
                    "There are no agent files in " + where
                            + "; agent files end in .md and begin with '---', 'name: …', 'description: …', '---'.");
            return;
        }
        screen.text("", counted(catalog, others.size()));
    }

    private static String because(Reading other) {
        return other.diagnostics().stream()
                .filter(each -> each.code().equals("not-an-agent"))
                .findFirst()
                .map(each -> each.message().replaceFirst("not an agent file", ""))
                .orElse("");
    }

    /** Whoever cannot be told apart gets each other's tasks. */
    private static void lookalikes(Screen screen, AgentCatalog catalog) {
        List<Lookalikes.Pair> pairs = Lookalikes.among(catalog.all());
        for (Lookalikes.Pair pair : pairs) {
            screen.text(
                    "",
                    SafeText.line("'" + pair.first() + "' and '" + pair.second() + "' can hardly be told apart: their "
                            + (pair.what().equals("body") ? "bodies say" : "descriptions say") + " nearly the same ("
                            + Math.round(100 * pair.likeness()) + " %). Tasks for one will go to the other; say in each"
                            + " description what it does and the other does not, or drop one."));
        }
        if (!pairs.isEmpty()) {
            screen.line();
        }
    }

    private static String counted(AgentCatalog catalog, int others) {
        long refused = catalog.files().stream()
                .filter(Reading.Refused.class::isInstance)
                .count();
        int loaded = catalog.files().size() - others - (int) refused;
        return plural(catalog.files().size(), "file") + ": " + plural(loaded, "agent") + ", " + refused + " refused, "
                + others + " not agents; " + plural(count(catalog, Severity.ERROR), "error") + ", "
                + plural(count(catalog, Severity.WARNING), "warning") + ", "
                + plural(count(catalog, Severity.HINT), "hint");
    }

    private static long count(AgentCatalog catalog, Severity severity) {
        return catalog.diagnostics().stream()
                .filter(each -> each.severity() == severity && !each.code().equals("not-an-agent"))
                .count();
    }

    private static String plural(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
