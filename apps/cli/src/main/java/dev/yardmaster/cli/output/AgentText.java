package dev.yardmaster.cli.output;

import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.Example;
import dev.yardmaster.hook.HookReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Agents for people: a line in a list, or everything about one. */
public final class AgentText {

    private static final Pattern EXAMPLES = Pattern.compile("(?s)<example>.*?(</example>|$)");

    private final Screen screen;
    private final Paint paint;

    public AgentText(Screen screen) {
        this.screen = screen;
        this.paint = screen.paint();
    }

    /** All agents, each with its tools and what it is for. @param here where the caller is */
    public void list(List<AgentDefinition> agents, Path here) {
        int names = Math.min(
                30,
                agents.stream()
                        .mapToInt(each -> Columns.of(SafeText.line(each.name())))
                        .max()
                        .orElse(0));
        for (AgentDefinition agent : agents) {
            String name = Columns.pad(Columns.cut(SafeText.line(agent.name()), names), names);
            int room = screen.width() - names - 2;
            screen.line(paint.agent(agent.name(), agent.color(), name) + "  " + Columns.cut(purpose(agent), room));
            String details = tools(agent) + " · " + source(agent, here);
            screen.line(" ".repeat(names + 2) + paint.faint(Columns.cut(details, room)));
        }
    }

    /** Everything a file says. */
    public void show(AgentDefinition agent) {
        screen.line(paint.agent(agent.name(), agent.color(), "● " + SafeText.line(agent.name())));
        entry("File", agent.source());
        entry("Tools", tools(agent));
        if (!agent.disallowedTools().isEmpty()) {
            entry("Never", String.join(", ", agent.disallowedTools()));
        }
        entry("Model", agent.model().orElse("none named: the default model"));
        agent.permissionMode().ifPresent(mode -> entry("Mode", mode));
        agent.maxTurns().ifPresent(turns -> entry("Turns", "at most " + turns));
        agent.color().ifPresent(color -> entry("Colour", color));
        if (!agent.skills().isEmpty()) {
            entry("Skills", String.join(", ", agent.skills()));
        }
        agent.memory().ifPresent(scope -> entry("Memory", scope));
        agent.hooks().map(plain -> HookReader.ofFile(plain, agent.source())).ifPresent(this::hooks);
        if (!agent.unknownKeys().isEmpty()) {
            entry("Unknown", String.join(", ", agent.unknownKeys()) + " (kept, without effect here)");
        }
        section("For");
        screen.text("  ", purpose(agent));
        if (!agent.examples().isEmpty()) {
            section("Examples");
            agent.examples().forEach(this::example);
        }
        if (!agent.checklist().isEmpty()) {
            section("Checklist");
            agent.checklist().items().forEach(item -> screen.text("  ", "○ " + SafeText.line(item)));
        }
        section("Prompt");
        screen.text("  ", SafeText.of(agent.prompt()));
    }

    private void hooks(HookReader.Read read) {
        read.hooks().all().forEach(hook -> entry("Hook", hook + " (once the file is trusted)"));
        Stream.concat(read.passed().stream(), read.problems().stream())
                .forEach(each -> entry("Hook", "not run: " + each));
    }

    private void example(Example example) {
        screen.text("  ", "\"" + SafeText.line(example.user()) + "\"");
        if (!example.context().isBlank()) {
            Columns.wrap(SafeText.line(example.context()), screen.width() - 4)
                    .forEach(line -> screen.line("    " + paint.faint(line)));
        }
    }

    private void section(String title) {
        screen.line();
        screen.line(paint.bold(title));
    }

    private void entry(String title, String text) {
        String name = Columns.pad(title, 9);
        List<String> lines = Columns.wrap(SafeText.line(text), screen.width() - 9);
        screen.line(paint.bold(name) + (lines.isEmpty() ? "" : lines.getFirst()));
        lines.stream().skip(1).forEach(line -> screen.line(" ".repeat(9) + line));
    }

    /** The folder says it all where the file is called as its agent is. */
    private static String source(AgentDefinition agent, Path here) {
        if (agent.source().startsWith("classpath:")) {
            return "stock";
        }
        Path file = Path.of(agent.source()).normalize();
        Path shown = file.endsWith(agent.name() + ".md") ? Objects.requireNonNullElse(file.getParent(), file) : file;
        Path from = here.normalize();
        boolean below = shown.startsWith(from) && !shown.equals(from);
        return SafeText.line((below ? from.relativize(shown) : shown).toString());
    }

    private static String tools(AgentDefinition agent) {
        return agent.tools()
                .map(tools -> tools.isEmpty() ? "no tools" : SafeText.line(String.join(", ", tools)))
                .orElse("all tools (the file names none)");
    }

    /** The description without its examples. */
    private static String purpose(AgentDefinition agent) {
        String plain = EXAMPLES.matcher(agent.description()).replaceAll(" ");
        return SafeText.line(plain.replaceAll("(?i)\\bexamples?:\\s*$", "").strip());
    }
}
