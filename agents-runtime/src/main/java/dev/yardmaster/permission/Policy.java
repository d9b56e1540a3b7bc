package dev.yardmaster.permission;

import dev.yardmaster.event.Effect;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.permission.Rule.Hit;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Grant;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which calls run, which are asked for and which are denied. Immutable and thread-safe. In order: deny rules, ask
 * rules, what is never automatic, the mode, allow rules; what is left is asked for. See docs/permissions.md.
 */
public final class Policy {

    static final String BUILT_IN = "built-in";
    private static final Decision OWN =
            new Decision(Behavior.ALLOW, "own folder", BUILT_IN, "the folder is the agent's own");

    private final Mode mode;
    private final String modeSource;
    private final List<Rule> rules;
    private final Optional<Policy> parent;
    private final Extent extent;

    private Policy(Mode mode, String modeSource, List<Rule> rules, Optional<Policy> parent, Extent extent) {
        this.mode = mode;
        this.modeSource = modeSource;
        this.rules = List.copyOf(rules);
        this.parent = parent;
        this.extent = extent;
    }

    /** A policy without rules. */
    public static Policy of(Mode mode) {
        return of(mode, BUILT_IN);
    }

    /** A policy without rules. @param source where the mode was set, for decisions to name */
    public static Policy of(Mode mode, String source) {
        return new Policy(mode, source, List.of(), Optional.empty(), Extent.ALL);
    }

    /** Reads and edits inside the workspace run; commands are asked for. */
    public static Policy acceptEdits() {
        return of(Mode.ACCEPT_EDITS);
    }

    /** This policy with more rules. */
    public Policy with(Rule... more) {
        var all = new ArrayList<>(rules);
        all.addAll(Arrays.asList(more));
        return new Policy(mode, modeSource, all, parent, extent);
    }

    /** This policy inside another: a call is decided by both, and the stricter decision counts. */
    public Policy within(Policy outer) {
        return new Policy(
                mode,
                modeSource,
                rules,
                Optional.of(parent.map(own -> own.within(outer)).orElse(outer)),
                extent);
    }

    /**
     * This policy, inside another, for the calls of one tool: of all other calls the outer one decides alone, and of those
     * only what its rules allow runs, whatever its mode. For holding an agent to {@code Bash(git:*)}.
     */
    public Policy within(Policy outer, String onlyFor) {
        return new Policy(mode, modeSource, rules, Optional.of(outer), extent.of(onlyFor));
    }

    /**
     * This policy, and those around it, with one more allow rule. What a rule could not let run, a policy for one tool
     * included, it does not.
     */
    public Policy allowing(Rule rule) {
        Policy wider = extent.isWhole() ? with(rule) : this;
        return new Policy(mode, modeSource, wider.rules, parent.map(outer -> outer.allowing(rule)), extent);
    }

    /**
     * This policy, and those around it, where a folder is the agent's own: its files are read without asking, inside the
     * workspace or not.
     *
     * @param changed whether they are changed without asking, too, although the folder lies in a protected one
     */
    public Policy owning(Path folder, boolean changed) {
        return new Policy(
                mode,
                modeSource,
                rules,
                parent.map(outer -> outer.owning(folder, changed)),
                extent.isWhole() ? extent.owning(folder, changed) : extent.owning(folder, true));
    }

    public Mode mode() {
        return extent.isWhole() ? mode : parent.orElseThrow().mode();
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
        if (!extent.covers(tool)) {
            return parent.orElseThrow().decide(tool, call, accesses, workspace);
        }
        Decision own = decideAlone(tool, call, accesses, workspace);
        return parent.isPresent() ? stricter(own, parent.get().decide(tool, call, accesses, workspace)) : own;
    }

    /**
     * The rule that takes a tool away as a whole: a denial of its bare name, here or further out. Models are not told of
     * such a tool; a call of it is denied all the same.
     */
    public Optional<Decision> takesAway(Tool tool) {
        return rules.stream()
                .filter(rule -> rule.takesAway(tool.name()))
                .findFirst()
                .map(Rule::decision)
                .or(() -> parent.flatMap(outer -> outer.takesAway(tool)));
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
                || restricted(tool, Optional.empty(), List.of(reads), workspace, new CommandReadings(workspace))
                        .isPresent()
                || parent.map(outer -> outer.isKept(tool, reads, workspace)).orElse(false);
    }

    private static Decision stricter(Decision one, Decision other) {
        return other.behavior().compareTo(one.behavior()) > 0 ? other : one;
    }

    private Decision decideAlone(Tool tool, ToolCall call, List<Access> said, Workspace workspace) {
        List<Access> accesses = said.isEmpty() ? List.of(new Access.Unknown()) : said;
        var readings = new CommandReadings(workspace);
        Optional<Decision> restricted = restricted(tool, Optional.of(call), accesses, workspace, readings);
        if (restricted.filter(each -> each.behavior() == Behavior.DENY).isPresent()) {
            return restricted.get();
        }
        Decision decision = restricted.orElse(null);
        for (Access access : accesses) {
            Decision free = decide(tool, call, access, workspace, readings);
            decision = decision == null ? free : stricter(decision, free);
        }
        return mode == Mode.DONT_ASK && decision.behavior() == Behavior.ASK
                ? new Decision(
                        Behavior.DENY,
                        decision.rule(),
                        decision.source(),
                        decision.reason() + "; nothing is asked for in mode dontAsk")
                : decision;
    }

    /** What deny rules and, after all of them, ask rules say. */
    private Optional<Decision> restricted(
            Tool tool, Optional<ToolCall> call, List<Access> accesses, Workspace workspace, CommandReadings readings) {
        Optional<Decision> asked = Optional.empty();
        for (Behavior behavior : List.of(Behavior.DENY, Behavior.ASK)) {
            for (Rule rule : rules) {
                if (rule.behavior() != behavior) {
                    continue;
                }
                Stream<Hit> ofCall = call.map(each -> rule.hits(each, tool.name())).stream();
                Stream<Hit> ofAccesses =
                        accesses.stream().map(access -> rule.hits(tool.name(), access, workspace, readings));
                for (Hit hit : (Iterable<Hit>) Stream.concat(ofCall, ofAccesses)::iterator) {
                    switch (hit) {
                        case SURE -> {
                            return Optional.of(rule.decision());
                        }
                        case MAYBE -> asked = asked.or(() -> Optional.of(rule.doubt()));
                        case NONE -> {}
                    }
                }
            }
        }
        return asked;
    }

    private Decision decide(Tool tool, ToolCall call, Access access, Workspace workspace, CommandReadings readings) {
        return switch (access) {
            case Access.Reads reads -> reads(tool, reads, workspace);
            case Access.Writes writes -> writes(tool, writes, workspace);
            case Access.Runs runs -> runs(tool, runs, workspace, readings);
            case Access.Fetches fetches -> fetches(tool, fetches, workspace);
            case Access.Leaves leaves -> asks("sandbox", "the command is to run outside of the sandbox");
            case Access.Own own -> byMode(Behavior.ALLOW, "the call touches only the agent's own work");
            case Access.Unknown unknown -> unknown(tool, call, workspace);
        };
    }

    private Decision reads(Tool tool, Access.Reads reads, Workspace workspace) {
        if (extent.owns(reads)) {
            return OWN;
        }
        if (workspace.isShared(reads.target())) {
            return allowed(tool, reads, workspace)
                    .orElseGet(() -> asks(
                            "shared", "'" + reads.target() + "' has another name (a hard link), which may be outside"));
        }
        if (extent.isWhole() && workspace.contains(reads.target())) {
            return byMode(Behavior.ALLOW, "reads inside the workspace run");
        }
        return allowed(tool, reads, workspace)
                .orElseGet(() -> asks(
                        Decision.OUTSIDE, "'" + reads.target() + "' is outside the workspace " + workspace.root()));
    }

    private Decision writes(Tool tool, Access.Writes writes, Workspace workspace) {
        if (mode == Mode.PLAN) {
            return byMode(Behavior.DENY, "nothing is changed in mode plan");
        }
        if (extent.owns(writes)) {
            return OWN;
        }
        var path = new ResolvedPath(writes.written(), writes.target());
        Optional<String> name = ProtectedPaths.find(path, workspace);
        if (name.isPresent()) {
            return asks("protected", "'" + name.get() + "' is protected: other programs run what it says");
        }
        Optional<Decision> allowed = allowed(tool, writes, workspace);
        if (!workspace.contains(writes.target())) {
            return allowed.orElseGet(() ->
                    asks(Decision.OUTSIDE, "'" + writes.target() + "' is outside the workspace " + workspace.root()));
        }
        boolean free = mode == Mode.ACCEPT_EDITS || mode == Mode.BYPASS;
        return free
                ? byMode(Behavior.ALLOW, "edits inside the workspace run")
                : allowed.orElseGet(() -> byMode(Behavior.ASK, "edits are asked for"));
    }

    /** What is asked of a server can carry out what the agent has read, so no mode but bypass lets it pass. */
    private Decision fetches(Tool tool, Access.Fetches fetches, Workspace workspace) {
        return mode == Mode.BYPASS
                ? byMode(Behavior.ALLOW, "pages are fetched")
                : allowed(tool, fetches, workspace)
                        .orElseGet(() -> byMode(
                                Behavior.ASK,
                                Rule.wanted(tool.name(), fetches.address().getHost())));
    }

    private Decision runs(Tool tool, Access.Runs runs, Workspace workspace, CommandReadings readings) {
        Optional<List<PlacedCommand>> commands = readings.of(runs.command());
        if (extent.isWhole() && commands.filter(Commands::onlyRead).isPresent()) {
            return byMode(Behavior.ALLOW, "the command only reads inside the workspace");
        }
        if (mode == Mode.PLAN) {
            return byMode(Behavior.DENY, "only commands that provably read run in mode plan");
        }
        if (Commands.removesCritical(runs.command(), commands)) {
            return asks("critical", "the command may remove a whole tree that matters");
        }
        return allowed(tool, runs, workspace)
                .orElseGet(() -> commands.map(all -> decide(tool, all, workspace))
                        .orElseGet(() -> byMode(
                                mode == Mode.BYPASS ? Behavior.ALLOW : Behavior.ASK,
                                mode == Mode.BYPASS
                                        ? "commands run"
                                        : "the command is more than plain words, so only a rule with exactly this text can"
                                                + " allow it")));
    }

    private Decision decide(Tool tool, List<PlacedCommand> all, Workspace workspace) {
        Decision strictest = all.stream()
                .flatMap(each -> decide(tool, each, workspace))
                .max(Comparator.comparing(Decision::behavior))
                .orElseThrow();
        boolean free = strictest.behavior() == Behavior.ALLOW && mode != Mode.BYPASS;
        return free && Commands.disturbEachOther(all)
                ? asks("order", "one of the commands moves or writes what another goes by; each alone may run")
                : strictest;
    }

    /** One of the commands of a text, and the files that its output goes to. */
    private Stream<Decision> decide(Tool tool, PlacedCommand placed, Workspace workspace) {
        Stream<Decision> files = placed.writtenTo().stream()
                .map(path -> path.map(each -> writes(tool, new Access.Writes(each.written(), each.target()), workspace))
                        .orElseGet(() -> asks(Decision.OUTSIDE, "its output goes to a file that cannot be told")));
        return Stream.concat(Stream.of(decideAlone(placed)), files);
    }

    private Decision decideAlone(PlacedCommand placed) {
        if (extent.isWhole() && placed.onlyReads()) {
            return byMode(Behavior.ALLOW, "the command only reads inside the workspace");
        }
        if (mode == Mode.ACCEPT_EDITS && placed.onlyEdits()) {
            return byMode(Behavior.ALLOW, "the command only changes files inside the workspace");
        }
        if (mode == Mode.BYPASS) {
            return placed.editsProtected()
                    ? asks("protected", "the command changes a protected file: other programs run what it says")
                    : byMode(Behavior.ALLOW, "commands run");
        }
        return rules.stream()
                .filter(rule -> rule.behavior() == Behavior.ALLOW && rule.permits(placed))
                .findFirst()
                .map(Rule::decision)
                .orElseGet(() -> byMode(Behavior.ASK, "commands are asked for" + nearly(placed)));
    }

    private String nearly(PlacedCommand placed) {
        return rules.stream()
                .filter(rule -> rule.behavior() == Behavior.ALLOW && rule.nearlyPermits(placed))
                .findFirst()
                .map(rule ->
                        "; the * of " + rule + " stands for plain words, not for code, unknown options or other places:"
                                + " a rule with exactly this text allows it")
                .orElse("");
    }

    private Decision unknown(Tool tool, ToolCall call, Workspace workspace) {
        boolean readOnly = extent.isWhole() && tool.effect(call) == Effect.READ_ONLY;
        if (mode == Mode.PLAN && !readOnly) {
            return byMode(Behavior.DENY, "nothing is changed in mode plan");
        }
        if (readOnly || mode == Mode.BYPASS) {
            return byMode(Behavior.ALLOW, readOnly ? "the tool says that the call only reads" : "tools run");
        }
        return allowed(tool, new Access.Unknown(), workspace)
                .or(() -> rules.stream()
                        .filter(rule -> rule.behavior() == Behavior.ALLOW && rule.permits(call, tool.name()))
                        .findFirst()
                        .map(Rule::decision))
                .orElseGet(() -> byMode(Behavior.ASK, "calls that change something are asked for"));
    }

    private Optional<Decision> allowed(Tool tool, Access access, Workspace workspace) {
        return rules.stream()
                .filter(rule -> rule.behavior() == Behavior.ALLOW)
                .filter(rule -> rule.permits(tool.name(), access, workspace))
                .findFirst()
                .map(Rule::decision);
    }

    private Decision byMode(Behavior behavior, String reason) {
        return new Decision(behavior, mode.rule(), modeSource, reason);
    }

    private static Decision asks(String check, String reason) {
        return new Decision(Behavior.ASK, check, BUILT_IN, reason);
    }

    /** What runs without asking, for people: the mode, then the rules with their sources. */
    public List<String> describe() {
        var lines = new ArrayList<String>();
        lines.add(extent.shown() + "mode " + mode.spelling() + ": " + mode.description());
        rules.forEach(rule -> lines.add(rule.toString()));
        parent.ifPresent(outer -> outer.describe().forEach(line -> lines.add("and within: " + line)));
        return lines;
    }
}
