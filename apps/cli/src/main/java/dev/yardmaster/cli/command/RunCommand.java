package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.workflow.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A workflow from a file. */
@Command(
        name = "run",
        header = "Run a workflow: several agents, in parallel where they can be",
        description = {
            "Reads a YAML workflow (docs/workflows.md), checks all of it, and runs it in the workspace. Each node begins"
                    + " when its own predecessors are done. What may be done without asking is said as for 'do', and as there"
                    + " the run is recorded: it can be shown, answered and resumed.",
            "",
            "Example:",
            "  yardmaster run review.yaml --input files=a.py,b.py --input task=@task.md"
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Mixin
    private Flags flags = new Flags();

    @Mixin
    private Trusting trusting = new Trusting();

    @Parameters(paramLabel = "FILE", description = "The workflow")
    private String file = "";

    @Option(
            names = "--input",
            paramLabel = "K=V",
            description = "What a channel holds at the start; K=@FILE reads a file. Texts have commas between them, or"
                    + " are a JSON list, or the lines of a file. May be repeated")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "The folder that tools may touch; the working folder unless given")
    private String workspace = ".";

    @Option(names = "--json", description = "One JSON object a line for every event, the result last (docs/json.md)")
    private boolean json;

    RunCommand(Common common) {
        this.common = common;
    }

    private Errand errand(Workflow workflow) {
        return new Errand(
                false,
                common.caller().folder().toString(),
                workspace,
                Optional.empty(),
                Optional.of(new WorkflowFile(file, workflow.hash())),
                false,
                false,
                Optional.empty(),
                flags.values());
    }

    @Override
    public Integer call() throws InterruptedException {
        Caller caller = common.caller();
        Workflow workflow = WorkflowFile.read(caller, file);
        var input = WorkflowInput.of(caller, workflow, inputs);
        Settings settings = trusting.settings(common, caller, flags, json);
        Path folder = caller.path(workspace).normalize();
        ModelCatalog models = Models.of(caller, settings);
        Session session = Session.of(caller, settings, folder, models);
        return new Working(common, session, models, settings, workflow).begin(errand(workflow), input, json);
    }
}
