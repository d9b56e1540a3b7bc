package dev.yardmaster.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.run.RunView;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a run was called for, recorded in its labels: enough to go on with it as if it had not been interrupted. Settings of
 * files and of the environment are read anew.
 *
 * @param demo whether it is the demo
 * @param folder the working folder
 * @param workspace what tools may touch, as it was written
 * @param agent who was named to do it
 * @param workflow the file, when it is a workflow's run
 * @param plan whether the task is planned first
 * @param worktrees whether subtasks work in git worktrees
 * @param sure how sure the router has to be, from 0 to 1, so that no model chooses; empty when that was not said
 * @param flags the flags that are settings, too
 */
record Errand(
        boolean demo,
        String folder,
        String workspace,
        Optional<String> agent,
        Optional<WorkflowFile> workflow,
        boolean plan,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean worktrees,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> sure,
        Flags.Values flags) {

    Errand {
        sure = sure == null ? Optional.empty() : sure; // earlier versions recorded none
    }

    /** A task's errand. */
    Errand(boolean demo, String folder, String workspace, Optional<String> agent, boolean plan, Flags.Values flags) {
        this(demo, folder, workspace, agent, Optional.empty(), plan, false, Optional.empty(), flags);
    }

    Errand withWorktrees(boolean own) {
        return new Errand(demo, folder, workspace, agent, workflow, plan, own, sure, flags);
    }

    Errand withSure(Optional<Double> share) {
        return new Errand(demo, folder, workspace, agent, workflow, plan, worktrees, share, flags);
    }

    private static final String LABEL = "call";
    private static final String TASK = "task";
    private static final int SHOWN = 120;

    /** The labels of a run that is called for like this. */
    Map<String, String> labels(String task) {
        String line = task.strip().replaceAll("\\s+", " ");
        return Map.of(
                LABEL, Json.of(this).text(), TASK, line.length() > SHOWN ? line.substring(0, SHOWN - 1) + "…" : line);
    }

    /** How a run was called for. @throws UsageException when it was not by this command */
    static Errand of(RunSummary run) {
        return find(run.id(), run.labels())
                .orElseThrow(() -> new UsageException(
                        "run '" + run.id() + "' was started by a program, which alone has its graph; resume it there"));
    }

    /** The one label that says how it was called for. */
    Map<String, String> label() {
        return Map.of(LABEL, Json.of(this).text());
    }

    /** The same with the workflow's text as it is now: what a run that is begun now is pinned to. */
    Errand withFilesAsTheyAre(Caller now) {
        Optional<WorkflowFile> fresh = workflow.map(each -> new WorkflowFile(
                each.file(), WorkflowFile.read(caller(now), each.file()).hash()));
        return new Errand(demo, folder, workspace, agent, fresh, plan, worktrees, sure, flags);
    }

    /** How a run was called for; empty when it was not by this command. */
    static Optional<Errand> find(RunId run, Map<String, String> labels) {
        try {
            return Optional.ofNullable(labels.get(LABEL))
                    .map(recorded -> Json.parse(recorded).as(Errand.class));
        } catch (InvalidJsonException e) {
            throw new UsageException("how run '" + run + "' was called for cannot be read: " + e.getMessage());
        }
    }

    /** Whether a run was called for by this command. */
    static boolean isOf(RunSummary run) {
        return run.labels().containsKey(LABEL);
    }

    static String task(RunSummary run) {
        return run.labels().getOrDefault(TASK, run.graph());
    }

    static String task(RunView run) {
        return run.labels().getOrDefault(TASK, run.graph());
    }

    /** The same as it has to be written elsewhere: places that were written from its folder are absolute then. */
    Errand seenFrom(Caller now) {
        if (now.folder().equals(Path.of(folder))) {
            return this;
        }
        Caller there = caller(now);
        return new Errand(
                demo,
                now.folder().toString(),
                there.path(workspace).normalize().toString(),
                agent,
                workflow,
                plan,
                worktrees,
                sure,
                flags.placed(place -> there.path(place).normalize().toString()));
    }

    /** The caller, in the folder that the run was called for in. */
    Caller caller(Caller now) {
        return new Caller(now.in(), now.out(), now.err(), now.environment(), Path.of(folder), now.home(), now.tty());
    }
}
