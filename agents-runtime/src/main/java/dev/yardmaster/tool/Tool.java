package dev.yardmaster.tool;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/** Something a model may call. Implementations are thread-safe; one instance serves all agents. */
public interface Tool {

    /** The name the model uses; matched without regard to case. */
    String name();

    /** Further names it answers to, such as {@code Task} for {@code Agent}. */
    default List<String> aliases() {
        return List.of();
    }

    /** What it does and when to use it, for the model. */
    String description();

    /** The JSON schema of its arguments: an object schema. */
    Json parameters();

    /** What repeating this call would do. Never throws on malformed arguments: {@link Effect#ONCE} is the safe answer. */
    Effect effect(ToolCall call);

    /**
     * What this call would touch, for the policy to decide by.
     *
     * @throws InvalidArgumentsException when the arguments do not fit; the model is told
     */
    List<Access> accesses(ToolCall call, Workspace workspace);

    /**
     * Does it. Blocks; runs on a virtual thread; an interrupt means that the run was cancelled, and whatever the call
     * started must be gone when it returns.
     *
     * @return what the model is told, failures that it can act on included
     * @throws InvalidArgumentsException when the arguments do not fit; the model is told
     * @throws Exception when it could not be done for a reason that repeating may cure; retried only when the call is
     *     {@link Effect#READ_ONLY} or {@link Effect#IDEMPOTENT}
     */
    ToolResult run(ToolCall call, ToolContext context) throws Exception;

    /**
     * What a call would make of files as they are now, for a person who is asked about it; may block on the disk. Empty where
     * that cannot be told before, and where it would change nothing: then they see its arguments.
     *
     * @throws Exception when it cannot be found out, which is as empty
     */
    default List<FileChange> foreseen(ToolCall call, Workspace workspace) throws Exception {
        return List.of();
    }

    /**
     * What {@link #probe} will have to know; recorded durably before a {@link Effect#PROBED} call runs.
     *
     * @throws Exception when that cannot be found out; the call runs without it
     */
    default Json beforehand(ToolCall call, ToolContext context) throws Exception {
        return Json.none();
    }

    /**
     * How many characters of a result its agent is told, about; of a longer one it is told the beginning and the end, and
     * where the whole is kept.
     */
    default int longestResult() {
        return 30_000;
    }

    /**
     * Looks, after a crash, whether a {@link Effect#PROBED} call that had started happened.
     *
     * @param beforehand what was recorded before it ran
     * @return its result when it happened, empty when it did not and is to be run, {@link ToolResult.InDoubt} when
     *     nobody can tell
     */
    default Optional<ToolResult> probe(ToolCall call, Json beforehand, ToolContext context) throws Exception {
        return Optional.of(ToolResult.InDoubt.of(call));
    }
}
