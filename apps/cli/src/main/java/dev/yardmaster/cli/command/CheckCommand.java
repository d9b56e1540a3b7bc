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
import java.util.stream.Stream;
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
        List<Diagnostic> lookalikes = lookalikes(catalog);
        List<Diagnostic> all = Stream.concat(catalog.diagnostics().stream(), lookalikes.stream())
                .filter(each -> !each.code().equals("not-an-agent"))
                .toList();
        if (json) {
            catalog.files()
                    .forEach(reading -> common.caller().out().println(AgentJson.of(reading, of(reading, lookalikes))));
        } else {
            tell(catalog, all, repeated);
        }
        return count(all, Severity.ERROR) > 0 || catalog.all().isEmpty() ? Exit.FAILED : Exit.DONE;
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

    private void tell(AgentCatalog catalog, List<Diagnostic> diagnostics, List<String> repeated) {
        Screen screen = common.screen();
        new DiagnosticText(screen).showFolded(diagnostics);
        if (!diagnostics.isEmpty()) {
            screen.line();
        }
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
        screen.text("", counted(catalog, diagnostics, others.size()));
    }

    private static String because(Reading other) {
        return other.diagnostics().stream()
                .filter(each -> each.code().equals("not-an-agent"))
                .findFirst()
                .map(each -> each.message().replaceFirst("not an agent file", ""))
                .orElse("");
    }

    /** Whoever cannot be told apart gets each other's tasks; told at the second one's file. */
    private static List<Diagnostic> lookalikes(AgentCatalog catalog) {
        return Lookalikes.among(catalog.all()).stream()
                .map(pair -> new Diagnostic(
                        file(catalog, pair.second()),
                        1,
                        1,
                        Severity.WARNING,
                        "lookalike",
                        "'" + pair.first() + "' and '" + pair.second() + "' can hardly be told apart: their "
                                + (pair.what().equals("body") ? "bodies say" : "descriptions say")
                                + " nearly the same (" + Math.round(100 * pair.likeness()) + " %)",
                        "tasks for one will go to the other; say in each description what it does and the other does"
                                + " not, or drop one"))
                .toList();
    }

    private static String file(AgentCatalog catalog, String agent) {
        return catalog.files().stream()
                .filter(each ->
                        each.definition().filter(catalog.get(agent)::equals).isPresent())
                .map(Reading::file)
                .findFirst()
                .orElse("");
    }

    private static List<Diagnostic> of(Reading reading, List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(each -> each.file().equals(reading.file()))
                .toList();
    }

    private static String counted(AgentCatalog catalog, List<Diagnostic> diagnostics, int others) {
        long refused = catalog.files().stream()
                .filter(Reading.Refused.class::isInstance)
                .count();
        int loaded = catalog.files().size() - others - (int) refused;
        return plural(catalog.files().size(), "file") + ": " + plural(loaded, "agent") + ", " + refused + " refused, "
                + others + " not agents; " + plural(count(diagnostics, Severity.ERROR), "error") + ", "
                + plural(count(diagnostics, Severity.WARNING), "warning") + ", "
                + plural(count(diagnostics, Severity.HINT), "hint");
    }

    private static long count(List<Diagnostic> diagnostics, Severity severity) {
        return diagnostics.stream().filter(each -> each.severity() == severity).count();
    }

    private static String plural(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
