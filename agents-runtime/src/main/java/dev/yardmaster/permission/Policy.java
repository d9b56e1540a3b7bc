package dev.yardmaster.permission;

import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Grant;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides which calls run, which are asked for and which are denied. Immutable and thread-safe. In order: deny rules, ask
 * rules, what is never automatic, the mode, allow rules; what is left is asked for. Of policies one within the other the
 * strictest counts. See docs/permissions.md.
 */
public final class Policy {

    private final Layer own;
    private final Optional<Policy> parent;

    private Policy(Layer own, Optional<Policy> parent) {
        this.own = own;
        this.parent = parent;
    }

    /** A policy without rules. */
    public static Policy of(Mode mode) {
        return of(mode, Decision.BUILT_IN);
    }

    /** A policy without rules. @param source where the mode was set, for decisions to name */
    public static Policy of(Mode mode, String source) {
        return new Policy(new Layer(mode, source, List.of(), Extent.ALL), Optional.empty());
    }

    /** Reads and edits inside the workspace run; commands are asked for. */
    public static Policy acceptEdits() {
        return of(Mode.ACCEPT_EDITS);
    }

    /** This policy with more rules. */
    public Policy with(Rule... more) {
        return new Policy(own.with(List.of(more)), parent);
    }

    /** This policy, and those around it, with more rules that hold for every call, also where a policy is for one tool. */
    public Policy everywhere(Rule... more) {
        return parent.isPresent() ? new Policy(own, Optional.of(parent.get().everywhere(more))) : with(more);
    }

    /** This policy inside another: a call is decided by both, and the stricter decision counts. */
    public Policy within(Policy outer) {
        return new Policy(
                own, Optional.of(parent.map(each -> each.within(outer)).orElse(outer)));
    }

    /**
     * This policy, inside another, for the calls of one tool: of all other calls the outer one decides alone, and of those
     * only what its rules allow runs, whatever its mode. For holding an agent to {@code Bash(git:*)}.
     */
    public Policy within(Policy outer, String onlyFor) {
        return new Policy(own.of(own.extent().of(onlyFor)), Optional.of(outer));
    }

    /**
     * This policy, and those around it, with one more allow rule. What a rule could not let run, a policy for one tool
     * included, it does not.
     */
    public Policy allowing(Rule rule) {
        return new Policy(
                own.extent().isWhole() ? own.with(List.of(rule)) : own, parent.map(outer -> outer.allowing(rule)));
    }

    /**
     * This policy, and those around it, where a folder is the agent's own: its files are read without asking, inside the
     * workspace or not.
     *
     * @param changed whether they are changed without asking, too, although the folder lies in a protected one
     */
    public Policy owning(Path folder, boolean changed) {
        Extent extent = own.extent();
        return new Policy(
                own.of(extent.owning(folder, changed || !extent.isWhole())),
                parent.map(outer -> outer.owning(folder, changed)));
    }

    public Mode mode() {
        return own.extent().isWhole() ? own.mode() : parent.orElseThrow().mode();
    }

    /**
     * Decides one call.
     *
     * @throws dev.yardmaster.tool.InvalidArgumentsException when the call's arguments do not fit its tool
     */
    public Decision decide(Tool tool, ToolCall call, Workspace workspace) {
        return decide(tool, call, tool.accesses(call, workspace), workspace);
    }

    /** Decides one call. @param accesses what it would touch; {@link #grant} then holds it to that */
    public Decision decide(Tool tool, ToolCall call, List<Access> accesses, Workspace workspace) {
        if (!own.extent().covers(tool)) {
            return parent.orElseThrow().decide(tool, call, accesses, workspace);
        }
        Decision decision = own.decide(tool, call, accesses, workspace);
        return parent.map(outer -> Decision.stricter(decision, outer.decide(tool, call, accesses, workspace)))
                .orElse(decision);
    }

    /**
     * The rule that takes a tool away as a whole: a denial of its bare name, here or further out. Models are not told of
     * such a tool; a call of it is denied all the same.
     */
    public Optional<Decision> takesAway(Tool tool) {
        return own.takesAway(tool).or(() -> parent.flatMap(outer -> outer.takesAway(tool)));
    }

    /**
     * Whether all that a call does is to run commands that provably only read, inside the workspace and as it is now: then
     * it may run beside others, and again after a crash. What is to be asked for is another question.
     */
    public static boolean onlyReads(List<Access> accesses, Workspace workspace) {
        for (Access access : accesses) {
            if (!(access instanceof Access.Runs runs) || !Commands.onlyRead(runs.command(), workspace)) {
                return false;
            }
        }
        return !accesses.isEmpty();
    }

    /**
     * What a call may touch once it is allowed or approved: what was decided about, and below a folder that it may read
     * whatever no rule keeps from it.
     *
     * @param accesses those that were decided about
     */
    public Grant grant(Tool tool, List<Access> accesses, Workspace workspace) {
        return access -> accesses.contains(access)
                || access instanceof Access.Reads reads
                        && accesses.stream()
                                .anyMatch(granted -> granted instanceof Access.Reads folder
                                        && reads.target().startsWith(folder.target()))
                        && !isKept(tool, reads, workspace);
    }

    private boolean isKept(Tool tool, Access.Reads reads, Workspace workspace) {
        return workspace.isShared(reads.target())
                || own.keeps(tool, reads, workspace)
                || parent.map(outer -> outer.isKept(tool, reads, workspace)).orElse(false);
    }

    /** What runs without asking, for people: the mode, then the rules with their sources. */
    public List<String> describe() {
        var lines = new ArrayList<String>();
        own.describe().forEach(lines::add);
        parent.ifPresent(outer -> outer.describe().forEach(line -> lines.add("and within: " + line)));
        return lines;
    }
}
