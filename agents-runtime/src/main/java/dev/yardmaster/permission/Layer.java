package dev.yardmaster.permission;

import dev.yardmaster.event.Effect;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.permission.Rule.Hit;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one mode with its rules says of a call, by itself: a {@link Policy} is such layers, one within the other. In
 * order: deny rules, ask rules, what is never automatic, the mode, allow rules; what is left is asked for.
 *
 * @param source where the mode was set, for decisions to name
 */
record Layer(Mode mode, String source, List<Rule> rules, Extent extent) {

    private static final Decision OWN =
            new Decision(Behavior.ALLOW, "own folder", Decision.BUILT_IN, "the folder is the agent's own");

    Layer {
        rules = List.copyOf(rules);
    }

    Layer with(List<Rule> more) {
        return new Layer(
                mode, source, Stream.concat(rules.stream(), more.stream()).toList(), extent);
    }

    Layer of(Extent other) {
        return new Layer(mode, source, rules, other);
    }

    /** The rule that takes a tool away as a whole: a denial of its bare name. */
    Optional<Decision> takesAway(Tool tool) {
        return rules.stream()
                .filter(rule -> rule.takesAway(tool.name()))
                .findFirst()
                .map(Rule::decision);
    }

    /** Whether a rule keeps the file from whoever may read the folder. */
    boolean keeps(Tool tool, Access.Reads reads, Workspace workspace) {
        return restricted(tool, Optional.empty(), List.of(reads), workspace, new CommandReadings(workspace))
                .isPresent();
    }

    Decision decide(Tool tool, ToolCall call, List<Access> said, Workspace workspace) {
        List<Access> accesses = said.isEmpty() ? List.of(new Access.Unknown()) : said;
        var readings = new CommandReadings(workspace);
        Optional<Decision> restricted = restricted(tool, Optional.of(call), accesses, workspace, readings);
        if (restricted.filter(each -> each.behavior() == Behavior.DENY).isPresent()) {
            return restricted.get();
        }
        Decision decision = restricted.orElse(null);
        for (Access access : accesses) {
            Decision free = decide(tool, call, access, workspace, readings);
            decision = decision == null ? free : Decision.stricter(decision, free);
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
        return Stream.concat(Stream.of(alone(placed)), files);
    }

    private Decision alone(PlacedCommand placed) {
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
        return new Decision(behavior, mode.rule(), source, reason);
    }

    private static Decision asks(String check, String reason) {
        return new Decision(Behavior.ASK, check, Decision.BUILT_IN, reason);
    }

    /** For people: the mode, then the rules with their sources. */
    Stream<String> describe() {
        return Stream.concat(
                Stream.of(extent.shown() + "mode " + mode.spelling() + ": " + mode.description()),
                rules.stream().map(Rule::toString));
    }
}
