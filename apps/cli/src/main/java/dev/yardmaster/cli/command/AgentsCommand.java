package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.AgentJson;
import dev.yardmaster.cli.output.AgentText;
import dev.yardmaster.cli.output.DiagnosticText;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.Diagnostic;
import dev.yardmaster.definition.Reading;
import dev.yardmaster.definition.UnknownAgentException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The agents that are to be had here. */
@Command(
        name = "agents",
        header = "List the specialists, show one, check agent files",
        description = {
            "Lists all agents in the order of nearness: of --agents, YARDMASTER_AGENTS and yardmaster.yml, of"
                    + " .yardmaster/agents and .claude/agents from here up to the repository's root, of the home folder, and"
                    + " the stock ones.",
            "",
            "Example:",
            "  yardmaster agents --agents team"
        })
final class AgentsCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Mixin
    private Where where = new Where();

    AgentsCommand(Common common) {
        this.common = common;
    }

    /** Where agents are looked for, and how they are shown. */
    static final class Where {

        @Option(names = "--agents", paramLabel = "DIR", description = "A folder of agent files; may be repeated")
        private List<String> folders = new ArrayList<>();

        @Option(names = "--json", description = "One JSON object a file (docs/json.md)")
        private boolean json;

        AgentCatalog catalog(Caller caller) {
            return Session.agents(caller, Flags.ofAgents(caller, folders).over(caller));
        }
    }

    @Override
    public Integer call() {
        Caller caller = common.caller();
        AgentCatalog catalog = where.catalog(caller);
        if (where.json) {
            catalog.files().forEach(reading -> caller.out().println(AgentJson.of(reading)));
            return Exit.DONE;
        }
        Screen screen = common.screen();
        new AgentText(screen).list(catalog.all(), caller.folder());
        List<String> refused = Refusals.of(catalog);
        if (!refused.isEmpty()) {
            screen.line();
            refused.forEach(line -> screen.text("", SafeText.line(line)));
        }
        return Exit.DONE;
    }

    /** Everything about one agent. */
    @Command(
            name = "show",
            header = "Show all that one agent's file says",
            description = {"", "Example:", "  yardmaster agents show backend-engineer"})
    static final class Show implements Callable<Integer> {

        @Mixin
        private Common common;

        @Mixin
        private Where where = new Where();

        @Parameters(paramLabel = "NAME", description = "The agent's name")
        private String name = "";

        Show(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            AgentCatalog catalog = where.catalog(common.caller());
            AgentDefinition agent;
            try {
                agent = catalog.get(name.startsWith("@") ? name.substring(1) : name);
            } catch (UnknownAgentException e) {
                throw new UsageException(Refusals.told(e, catalog));
            }
            Reading reading = catalog.files().stream()
                    .filter(each -> each.definition().filter(agent::equals).isPresent())
                    .findFirst()
                    .orElseThrow();
            if (where.json) {
                common.caller().out().println(AgentJson.of(reading));
                return Exit.DONE;
            }
            Screen screen = common.screen();
            new AgentText(screen).show(agent);
            List<Diagnostic> diagnostics = reading.diagnostics();
            if (!diagnostics.isEmpty()) {
                screen.line();
                new DiagnosticText(screen).show(diagnostics);
            }
            return Exit.DONE;
        }
    }
}
