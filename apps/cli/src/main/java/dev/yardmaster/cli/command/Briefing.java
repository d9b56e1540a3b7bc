package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.SpentText;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.Prices;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.tool.process.Containment;
import dev.yardmaster.workspace.Sandbox;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** What is told before a task is begun. */
final class Briefing {

    private final Screen screen;
    private final Paint paint;
    private final Session session;
    private final Settings settings;

    Briefing(Screen screen, Session session, Settings settings) {
        this.screen = screen;
        this.paint = screen.paint();
        this.session = session;
        this.settings = settings;
    }

    void place() {
        entry("Workspace", session.workspace().root().toString());
        Sandbox wanted = settings.commands().sandbox();
        if (wanted.wanted()) {
            sandbox(wanted, settings.commands().use().orElseThrow().source());
        }
    }

    /** What commands are kept in, or that they are not although that was asked for. */
    private void sandbox(Sandbox wanted, String source) {
        Containment here = Containment.here();
        String open = (wanted.network() ? ", with the network" : ", without network")
                + wanted.writable().stream()
                        .map(folder -> ", " + folder + " can be written")
                        .collect(Collectors.joining())
                + wanted.hidden().stream()
                        .map(path -> ", " + path + " looks empty")
                        .collect(Collectors.joining());
        entry(
                "Sandbox",
                here.sandbox()
                                .map(kind -> "by " + kind + open)
                                .orElse("none, so commands are not kept in: "
                                        + here.withoutSandbox().orElse(""))
                        + " (" + source + ")");
    }

    /** The model, before it costs anything. */
    void model(ModelCatalog.Resolved model) {
        entry("Model", model.model().name() + cost(model.model()));
        model.note().ifPresent(note -> screen.text("  ", SafeText.line(note)));
        settings.calls()
                .fallbacks()
                .forEach(other -> screen.text(
                        "  ",
                        SafeText.line("when it does not answer: " + other.value() + " (" + other.source() + ")")));
    }

    /** What a model costs, as far as it is known. */
    static String cost(Model model) {
        if (model.scripted()) {
            return " (a script: its replies are written beforehand)";
        }
        return Prices.bundled()
                .find(model.name(), LocalDate.now())
                .map(price -> " · " + price.text() + " (list price, seen " + price.seen() + ")")
                .orElse(model.name().startsWith("ollama:") ? " · runs locally" : " · its price is not known here");
    }

    /** What runs without asking, where that is more than reading. */
    void widened(AgentDefinition agent) {
        Mode mode = session.policyOf(agent).mode();
        String source = settings.mode().map(each -> " (" + each.source() + ")").orElse("");
        if (mode != Mode.DEFAULT) {
            entry("Mode", mode.spelling() + source + " allows: " + mode.description());
        }
        if (mode == Mode.DEFAULT && !settings.rules().isEmpty()) {
            int rules = settings.rules().size();
            entry("Mode", mode.spelling() + ", with " + rules + (rules == 1 ? " rule" : " rules"));
        }
    }

    /** What the run may use up, where that is limited. */
    void budget() {
        List<String> limits = SpentText.limits(settings.budget());
        if (!limits.isEmpty()) {
            entry("Budget", String.join(", ", limits) + "; then it stops, and can be gone on with");
        }
    }

    /** All that the agent might do. */
    void permissions(AgentDefinition agent) {
        screen.line(paint.bold("Permissions"));
        var tools = session.runtime().toolsOf(agent).names();
        screen.text("  ", "tools: " + (tools.isEmpty() ? "none" : String.join(", ", tools)));
        session.runtime()
                .takenAwayFrom(agent)
                .forEach(tool -> screen.text("  ", SafeText.line("not told of, because denied whole: " + tool)));
        session.policyOf(agent).describe().forEach(line -> screen.text("  ", SafeText.line(line)));
        screen.text("  ", "anything else is asked for on a terminal; elsewhere the run waits for 'yardmaster answer'");
    }

    private void entry(String title, String text) {
        var lines = Columns.wrap(SafeText.line(text), screen.width() - Columns.of(title) - 2);
        screen.line(paint.bold(title) + "  " + lines.getFirst());
        lines.stream().skip(1).forEach(line -> screen.line("  " + line));
    }
}
