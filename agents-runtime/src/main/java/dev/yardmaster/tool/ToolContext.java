package dev.yardmaster.tool;

import dev.yardmaster.event.Effect;
import dev.yardmaster.workspace.Workspace;
import java.util.function.Consumer;

/**
 * What a running tool may use.
 *
 * @param workspace the folder it works in
 * @param readFiles what this agent has read so far: a file is read before it is changed
 * @param progress takes lines worth showing while it works; they are not recorded
 * @param grant what the call was permitted to touch
 * @param desk what tools keep for this agent until its work ends
 * @param effect what the call was found to do, and is recorded to: a call that only reads may be held to that
 * @param liaison the other agents, and the person
 * @param confinement how the commands it runs are kept in
 */
public record ToolContext(
        Workspace workspace,
        ReadFiles readFiles,
        Consumer<String> progress,
        Grant grant,
        Desk desk,
        Effect effect,
        Liaison liaison,
        Confinement confinement) {

    /** The same, whose lines of progress go elsewhere, and with another way to others. */
    public ToolContext with(Consumer<String> lines, Liaison others) {
        return new ToolContext(workspace, readFiles, lines, grant, desk, effect, others, confinement);
    }

    /** One whose commands are kept in as usual. */
    public ToolContext(
            Workspace workspace,
            ReadFiles readFiles,
            Consumer<String> progress,
            Grant grant,
            Desk desk,
            Effect effect,
            Liaison liaison) {
        this(workspace, readFiles, progress, grant, desk, effect, liaison, Confinement.plain());
    }

    /** One of an agent that works alone. */
    public ToolContext(
            Workspace workspace,
            ReadFiles readFiles,
            Consumer<String> progress,
            Grant grant,
            Desk desk,
            Effect effect) {
        this(workspace, readFiles, progress, grant, desk, effect, Liaison.none());
    }

    /** One of a call that may do anything once. */
    public ToolContext(Workspace workspace, ReadFiles readFiles, Consumer<String> progress, Grant grant, Desk desk) {
        this(workspace, readFiles, progress, grant, desk, Effect.ONCE);
    }

    /** One whose agent has an empty desk. */
    public ToolContext(Workspace workspace, ReadFiles readFiles, Consumer<String> progress, Grant grant) {
        this(workspace, readFiles, progress, grant, new Desk());
    }

    /** One that may touch whatever lies inside the workspace. */
    public ToolContext(Workspace workspace, ReadFiles readFiles, Consumer<String> progress) {
        this(workspace, readFiles, progress, Grant.inside(workspace));
    }
}
