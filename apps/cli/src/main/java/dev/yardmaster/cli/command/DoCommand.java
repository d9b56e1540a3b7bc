package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.routing.Match;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A task of one's own. */
@Command(
        name = "do",
        header = "Give a task to the specialist that fits, and have it done",
        description = {
            "Routes the task by words and examples (or to --agent, or to the @name in it) and lets the specialist work in"
                    + " the workspace. On a terminal you are asked before anything runs that no rule allows; elsewhere the"
                    + " run waits (exit code 3) for 'yardmaster answer'. Without a model it shows who would get the task, what would be allowed, and the ways to"
                    + " get a model.",
            "",
            "Example:",
            "  yardmaster do \"make the report faster\" --workspace shop --model script:report.yaml"
        })
final class DoCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Mixin
    private Flags flags = new Flags();

    @Parameters(paramLabel = "TASK", arity = "1..*", description = "What is to be done, in quotes")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "The folder that tools may touch; the working folder unless given")
    private String workspace = ".";

    @Option(names = "--agent", paramLabel = "NAME", description = "Who does it, instead of routing")
    private @Nullable String agent;

    @Option(names = "--json", description = "One JSON object a line for every event, the result last (docs/json.md)")
    private boolean json;

    DoCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        Caller caller = common.caller();
        String task = Task.of(words);
        Settings settings = flags.settings(caller);
        Path folder = caller.path(workspace).normalize();
        ModelCatalog models = Models.of(caller, settings);
        Session session = Session.of(caller, settings, folder, models);
        Match match = Task.match(session, task, Optional.ofNullable(agent));
        var errand =
                new Errand(false, caller.folder().toString(), workspace, Optional.ofNullable(agent), flags.values());
        return new Doing(common, session, models, settings).begin(match, errand, json);
    }
}
