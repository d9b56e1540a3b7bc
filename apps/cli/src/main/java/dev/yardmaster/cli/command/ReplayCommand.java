package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.ReplayText;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.replay.Replay;
import dev.yardmaster.replay.Replayed;
import dev.yardmaster.run.RunView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A recorded run again, with the agents and workflows of today. */
@Command(
        name = "replay",
        header = "See whether a recorded run would still go the same way",
        description = {
            "Runs it again with the replies and the calls that were recorded, and with the agents' files and the workflow"
                    + " as they are now. No model is asked, no tool is run, no file is touched. Tells the first difference:"
                    + " what an agent is told, which tools it has, who gets the task, what comes out. Exit code 0 when there"
                    + " is none, 1 when there is.",
            "",
            "Example:",
            "  yardmaster export k3v9qz > run.jsonl && yardmaster replay run.jsonl"
        })
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "What 'export' wrote, or a run's name, how that ends, or 'last'; the newest if left out")
    private @Nullable String name;

    @Option(
            names = "--agents",
            paramLabel = "DIR",
            description = "A folder of agent files, instead of those that it was run with; may be repeated")
    private List<String> agents = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object (docs/json.md)")
    private boolean json;

    ReplayCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        Replay replay = recorded();
        Replayed replayed = replay.redacting(Recording.secrets(common.caller())).through(graph(replay.recorded()));
        var text = new ReplayText(replayed);
        if (json) {
            text.json(common.caller().out(), exit(replayed));
        } else {
            text.show(common.screen(), SafeText.line(Errand.task(replay.recorded())));
        }
        return exit(replayed);
    }

    private static int exit(Replayed replayed) {
        return replayed.isSame() ? Exit.DONE : Exit.FAILED;
    }

    private Replay recorded() {
        if (name != null && Files.isRegularFile(common.caller().path(name))) {
            return Replay.of(common.caller().path(name));
        }
        if (name != null && (name.contains("/") || name.endsWith(".jsonl"))) {
            throw new UsageException(
                    "there is no file '" + name + "'; write one with: yardmaster export RUN > " + name);
        }
        try (var journal = Store.existing(common.caller())) {
            var run = Store.find(journal, name == null ? Store.LAST : name);
            return Replay.of(RunView.of(run.id(), journal.read(run.id(), 0)));
        }
    }

    /** What it ran, as it is now; bound to a model that is never asked and to an empty folder. */
    private Graph graph(RunView run) {
        Errand call = Errand.find(run.id(), run.labels())
                .orElseThrow(() -> new UsageException("run '" + run.id() + "' was started by a program, which alone has"
                        + " its graph; replay it there, in a test (docs/testing.md)"));
        Path nowhere = nowhere();
        try {
            if (call.demo()) {
                return DemoCommand.session(common.caller(), nowhere, Model.silent())
                        .dispatcher()
                        .graph();
            }
            Caller there = Files.isDirectory(Path.of(call.folder())) ? call.caller(common.caller()) : common.caller();
            Session session = session(there, call, nowhere);
            if (call.workflow().isPresent()) {
                return WorkflowFile.read(there, call.workflow().get().file()).bind(session.runtime());
            }
            if (call.plan()) {
                return PlannedGoal.graph(session, call.worktrees());
            }
            var dispatcher = session.dispatcher();
            return call.agent().map(dispatcher::graph).orElseGet(dispatcher::graph);
        } finally {
            delete(nowhere);
        }
    }

    private Session session(Caller there, Errand call, Path workspace) {
        Settings settings =
                agents.isEmpty() ? Flags.of(call.flags()).settings(there) : Flags.ofAgents(common.caller(), agents);
        var models = ModelCatalog.builder().defaultModel(Model.silent()).build();
        return Session.of(
                there, settings, workspace, there.path(call.workspace()).normalize(), models);
    }

    private static Path nowhere() {
        try {
            return Files.createTempDirectory("yardmaster-replay");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing is in it, and it need not be there: nothing is opened in a replay. */
    private static void delete(Path folder) {
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
