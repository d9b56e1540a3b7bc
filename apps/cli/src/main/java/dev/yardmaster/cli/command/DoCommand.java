package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.routing.Match;
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
            "Routes the task (or gives it to --agent, or to the @name in it) and lets the specialist work in"
                    + " the workspace. Where the router is not sure, the model chooses among the best few. On a terminal you are asked before anything runs that no rule allows; elsewhere the"
                    + " run waits (exit code 3) for 'yardmaster answer'. Without a model it shows who would get the task, what would be allowed, and the ways to"
                    + " get a model.",
            "",
            "Example:",
            "  yardmaster do \"make the report faster\" --workspace shop --agent backend-engineer",
            "  yardmaster do --continue last \"now add a test for it\"",
            "  yardmaster do --plan \"add an export of orders, with its page and its tests\""
        })
final class DoCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Mixin
    private Flags flags = new Flags();

    @Mixin
    private Trusting trusting = new Trusting();

    @Mixin
    private Choosing choosing = new Choosing();

    @Parameters(
            paramLabel = "TASK",
            arity = "1..*",
            description = "What is to be done, in quotes; - reads it from standard input")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description =
                    "The folder that tools may touch; the working folder unless given, or that of the continued run")
    private @Nullable String workspace;

    @Option(names = "--agent", paramLabel = "NAME", description = "Who does it, instead of routing")
    private @Nullable String agent;

    @Option(
            names = "--continue",
            paramLabel = "RUN",
            description =
                    "Go on from an earlier task's conversation: a run's name, how that ends, or 'last'. With the"
                            + " same specialist, agents, model and workspace unless others are given; what is allowed is said anew")
    private @Nullable String earlier;

    @Option(
            names = "--plan",
            description =
                    "Let a model split it into subtasks for several specialists: the plan is shown as text and as a"
                            + " Mermaid picture, and runs once you approve it")
    private boolean plan;

    @Option(
            names = "--worktrees",
            description =
                    "With --plan: subtasks that change something work at once, each in a git worktree of its own; what they"
                            + " changed is merged into the workspace when all are over")
    private boolean worktrees;

    @Option(names = "--json", description = "One JSON object a line for every event, the result last (docs/json.md)")
    private boolean json;

    DoCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        Caller caller = common.caller();
        String task = Task.of(common.caller(), words);
        if (plan && (earlier != null || agent != null)) {
            throw new UsageException("--plan finds specialists for a new goal; leave "
                    + (agent != null ? "--agent" : "--continue") + " out, or --plan");
        }
        if (worktrees && !plan) {
            throw new UsageException("--worktrees is for the subtasks of a plan; add --plan, or leave it out");
        }
        if (!choosing.labels().isEmpty() && (plan || earlier != null)) {
            throw new UsageException("--label is for a new task of one specialist; leave it out, or "
                    + (plan ? "--plan" : "--continue"));
        }
        if (earlier != null) {
            return follow(earlier, task);
        }
        String folder = Optional.ofNullable(workspace).orElse(".");
        if (plan) {
            Settings settings = trusting.settings(common, caller, flags, json);
            ModelCatalog models = Models.of(caller, settings);
            Session session = Session.of(caller, settings, caller.path(folder).normalize(), models)
                    .asking(choosing.choice(caller));
            return new PlannedGoal(common, session, models, settings)
                    .begin(task, errand(flags, folder).withWorktrees(worktrees), json);
        }
        Doing doing = doing(flags, folder);
        Match match = Task.match(doing.session(), task, choosing.labels(), Optional.ofNullable(agent));
        return doing.begin(match, choosing.labels(), errand(flags, folder), Optional.empty(), json);
    }

    private int follow(String name, String task) throws InterruptedException {
        Earlier run;
        try (Journal journal = Store.existing(common.caller())) {
            run = Earlier.of(journal, name, task);
        }
        Errand before = run.call().seenFrom(common.caller());
        Flags all = flags.after(before.flags());
        String folder = Optional.ofNullable(workspace).orElse(before.workspace());
        Doing doing = doing(all, folder);
        Match routed = Task.match(doing.session(), task, List.of(), Optional.ofNullable(agent));
        Match match = routed.stage() == Match.Stage.MENTION
                ? routed
                : run.match(doing.session().catalog(), task);
        return doing.begin(match, List.of(), errand(all, folder), Optional.of(run), json);
    }

    private Doing doing(Flags all, String folder) {
        Caller caller = common.caller();
        Settings settings = trusting.settings(common, caller, all, json);
        ModelCatalog models = Models.of(caller, settings);
        Session session = Session.of(caller, settings, caller.path(folder).normalize(), models)
                .asking(choosing.choice(caller));
        return new Doing(common, session, models, settings);
    }

    private Errand errand(Flags all, String folder) {
        return new Errand(
                        false,
                        common.caller().folder().toString(),
                        folder,
                        Optional.ofNullable(agent),
                        plan,
                        all.values())
                .withSure(choosing.sure());
    }
}
