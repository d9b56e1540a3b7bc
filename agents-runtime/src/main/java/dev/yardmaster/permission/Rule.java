package dev.yardmaster.permission;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of a policy: {@code Tool} or {@code Tool(specifier)}. Immutable.
 *
 * <p>{@code Read} rules govern everything that reads files, {@code Edit} rules everything that changes them, {@code Bash}
 * rules commands; any other name is that of a tool.
 */
public final class Rule {

    private static final Pattern SHAPE = Pattern.compile("([A-Za-z_*][A-Za-z0-9_*-]*)(?:\\((.*)\\))?", Pattern.DOTALL);

    private final Behavior behavior;
    private final String text;
    private final String source;
    private final String tool;
    private final com.google.re2j.Pattern names;
    private final Optional<PathPattern> path;
    private final Optional<CommandPattern> command;
    private final Optional<ArgumentPattern> argument;

    private Rule(Behavior behavior, String text, String source, String tool) {
        this(behavior, text, source, tool, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Rule(
            Behavior behavior,
            String text,
            String source,
            String tool,
            Optional<PathPattern> path,
            Optional<CommandPattern> command,
            Optional<ArgumentPattern> argument) {
        this.behavior = behavior;
        this.text = text;
        this.source = source;
        this.tool = tool;
        this.names = com.google.re2j.Pattern.compile(
                Arrays.stream(tool.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        this.path = path;
        this.command = command;
        this.argument = argument;
    }

    /** One that denies to change anything outside the workspace. @param setting what says so, for decisions to name */
    public static Rule denyEditsOutside(String setting, String source) {
        var outside = Optional.of(PathPattern.outside());
        return new Rule(Behavior.DENY, setting, source, "edit", outside, Optional.empty(), Optional.empty());
    }

    /**
     * The same rule, its path counted from a folder instead of the workspace where it begins with one slash: for rules
     * that were written for that folder.
     */
    public Rule from(Path folder) {
        return new Rule(behavior, text, source, tool, path.map(each -> each.from(folder)), command, argument);
    }

    /** A rule that lets calls run. @param source where it was written, for decisions to name */
    public static Rule allow(String rule, String source) {
        return parse(Behavior.ALLOW, rule, source);
    }

    /** A rule that has calls asked for, whatever else allows them. */
    public static Rule ask(String rule, String source) {
        return parse(Behavior.ASK, rule, source);
    }

    /** A rule that denies calls, whatever else allows them. */
    public static Rule deny(String rule, String source) {
        return parse(Behavior.DENY, rule, source);
    }

    /** @throws InvalidRuleException when it cannot be read */
    static Rule parse(Behavior behavior, String rule, String source) {
        Matcher matcher = SHAPE.matcher(rule.strip());
        if (!matcher.matches()) {
            throw new InvalidRuleException(rule, source, "it is no tool name with an optional specifier in brackets");
        }
        String tool = matcher.group(1);
        boolean ofServer = tool.matches("mcp__[A-Za-z0-9-]+(_[A-Za-z0-9-]+)*__.*");
        if (tool.contains("*") && behavior == Behavior.ALLOW && !ofServer) {
            throw new InvalidRuleException(
                    rule,
                    source,
                    "'*' in a tool's name can deny or ask, but not allow, except behind a server as in mcp__server__*");
        }
        String specifier = matcher.group(2) == null || matcher.group(2).equals("*") ? "" : matcher.group(2);
        if (matcher.group(2) != null && matcher.group(2).isBlank()) {
            throw new InvalidRuleException(rule, source, "the brackets are empty");
        }
        String kind = tool.toLowerCase(Locale.ROOT);
        if (specifier.isEmpty()) {
            return new Rule(behavior, rule, source, kind.equals("task") ? "agent" : kind);
        }
        var none = Optional.<PathPattern>empty();
        return switch (kind) {
            case "bash" -> {
                var command = Optional.of(CommandPattern.of(specifier));
                yield new Rule(behavior, rule, source, kind, none, command, Optional.empty());
            }
            case "read", "edit" -> {
                var path = Optional.of(PathPattern.of(specifier, behavior != Behavior.ALLOW));
                yield new Rule(behavior, rule, source, kind, path, Optional.empty(), Optional.empty());
            }
            default -> {
                var argument = ArgumentPattern.find(kind, specifier, behavior != Behavior.ALLOW)
                        .orElseThrow(() -> new InvalidRuleException(rule, source, notSpecified(tool, behavior)));
                String named = kind.equals("task") ? "agent" : kind;
                yield new Rule(behavior, rule, source, named, none, Optional.empty(), Optional.of(argument));
            }
        };
    }

    private static String notSpecified(String tool, Behavior behavior) {
        return "'" + tool + "' takes nothing in brackets"
                + DidYouMean.hint(tool, List.of("Read", "Edit", "Bash", "WebFetch", "Agent"))
                + "; Read, Edit and Bash take paths and commands, WebFetch(domain:example.org) a host, Agent(name) a name"
                + (behavior == Behavior.ALLOW ? "" : ", others an argument, as in Tool(name:value)")
                + "; use Edit for whatever changes files";
    }

    /** What it does with the calls that it means. */
    public Behavior behavior() {
        return behavior;
    }

    /** The rule as it was written. */
    public String text() {
        return text;
    }

    /** Whether it denies all that a tool does, by its name and nothing else. */
    boolean takesAway(String toolName) {
        return behavior == Behavior.DENY
                && path.isEmpty()
                && command.isEmpty()
                && argument.isEmpty()
                && isNamed(toolName);
    }

    /** Whether the rule lets one access of a call pass: both ends of a link have to match. */
    boolean permits(String toolName, Access access, Workspace workspace) {
        return switch (access) {
            case Access.Reads reads ->
                (names("read", toolName) || names("edit", toolName))
                        && path.map(each -> each.matches(reads.written(), workspace)
                                        && each.matches(reads.target(), workspace))
                                .orElse(true);
            case Access.Writes writes ->
                names("edit", toolName)
                        && path.map(each -> each.matches(writes.written(), workspace)
                                        && each.matches(writes.target(), workspace))
                                .orElse(true);
            case Access.Runs runs ->
                names("bash", toolName)
                        && command.map(each -> each.permits(runs.command())).orElse(true);
            case Access.Fetches fetches ->
                isNamed(toolName)
                        && argument.map(each -> each.hits(fetches) == Hit.SURE).orElse(true);
            case Access.Leaves leaves -> false;
            case Access.Own own -> isNamed(toolName) && argument.isEmpty();
            case Access.Unknown unknown -> isNamed(toolName) && argument.isEmpty();
        };
    }

    /** Whether the rule lets a call pass by what it is called with. */
    boolean permits(ToolCall call, String toolName) {
        return isNamed(toolName)
                && argument.filter(each -> each.hits(call) == Hit.SURE).isPresent();
    }

    /** Whether the rule lets one command of several pass. */
    boolean permits(PlacedCommand placed) {
        return command.map(each -> each.permits(placed)).orElse(false);
    }

    /** Whether it would let one command pass, but for what its wildcard would stand for. */
    boolean nearlyPermits(PlacedCommand placed) {
        return command.map(each -> each.nearlyPermits(placed)).orElse(false);
    }

    /** Whether the rule forbids one access of a call, or has it asked for: either end of a link is enough. */
    Hit hits(String toolName, Access access, Workspace workspace, CommandReadings readings) {
        if (argument.isPresent()) {
            return access instanceof Access.Fetches fetches && isNamed(toolName)
                    ? argument.get().hits(fetches)
                    : Hit.NONE;
        }
        return switch (access) {
            case Access.Reads reads ->
                hitIf(names("read", toolName) && touches(reads.written(), reads.target(), workspace));
            case Access.Writes writes ->
                hitIf((names("edit", toolName) || names("read", toolName))
                        && touches(writes.written(), writes.target(), workspace));
            case Access.Runs runs ->
                path.isPresent() ? hitsFiles(runs, workspace, readings) : hitsCommand(toolName, runs);
            case Access.Fetches fetches -> hitIf(path.isEmpty() && command.isEmpty() && isNamed(toolName));
            case Access.Leaves leaves -> Hit.NONE;
            case Access.Own own -> hitIf(path.isEmpty() && command.isEmpty() && isNamed(toolName));
            case Access.Unknown unknown -> hitIf(isNamed(toolName));
        };
    }

    /** Whether the rule forbids a call, or has it asked for, by what it is called with. */
    Hit hits(ToolCall call, String toolName) {
        return isNamed(toolName) ? argument.map(each -> each.hits(call)).orElse(Hit.NONE) : Hit.NONE;
    }

    /** What is said of a call that asks a server for something and that no rule allows. */
    static String wanted(String toolName, String host) {
        return toolName.equals("WebFetch")
                ? "pages are asked for; a rule WebFetch(domain:" + host + ") allows those of this host"
                : "what is sent to " + host + " is asked for; a rule " + toolName + " allows it";
    }

    private Hit hitsCommand(String toolName, Access.Runs runs) {
        return names("bash", toolName)
                ? command.map(each -> each.hits(runs.command())).orElse(Hit.SURE)
                : Hit.NONE;
    }

    /** A rule about files means the commands that touch them, too, as far as they can be read. */
    private Hit hitsFiles(Access.Runs runs, Workspace workspace, CommandReadings readings) {
        Optional<List<PlacedCommand>> read = readings.of(runs.command());
        if (read.isEmpty()) {
            return Hit.MAYBE;
        }
        List<PlacedCommand> commands = read.get();
        boolean hit = commands.stream()
                .flatMap(each -> each.accesses().stream())
                .anyMatch(access -> hits("", access, workspace, readings) == Hit.SURE);
        boolean named = !commands.stream().allMatch(PlacedCommand::onlyReads)
                && path.filter(each -> each.isNamedIn(runs.command())).isPresent();
        boolean may = named || tool.equals("read") && commands.stream().anyMatch(PlacedCommand::searches);
        return hit ? Hit.SURE : may ? Hit.MAYBE : Hit.NONE;
    }

    private boolean touches(Path written, Path target, Workspace workspace) {
        return path.map(each -> each.matches(written, workspace) || each.matches(target, workspace))
                .orElse(true);
    }

    private static Hit hitIf(boolean hit) {
        return hit ? Hit.SURE : Hit.NONE;
    }

    /** Whether this is a rule of that kind, or one for the very tool. */
    private boolean names(String kind, String toolName) {
        boolean bare = path.isEmpty() && command.isEmpty() && argument.isEmpty();
        return tool.equals(kind) || bare && isNamed(toolName);
    }

    /** {@code mcp__server} names all tools of a server. */
    private boolean isNamed(String toolName) {
        String name = toolName.toLowerCase(Locale.ROOT);
        boolean ofServer = tool.startsWith("mcp__") && name.startsWith(tool + "__");
        return ofServer || names.matches(name);
    }

    /** How certain it is that a command is one that a rule means. */
    enum Hit {
        NONE,
        /** It may be: to be asked for, whatever the rule says. */
        MAYBE,
        SURE
    }

    Decision decision() {
        return new Decision(
                behavior,
                text,
                source,
                switch (behavior) {
                    case ALLOW -> "a rule allows it";
                    case ASK -> "a rule has it asked for";
                    case DENY -> "a rule denies it";
                });
    }

    Decision doubt() {
        return new Decision(
                Behavior.ASK,
                text,
                source,
                argument.isPresent()
                        ? "it cannot be told whether this rule means the call"
                        : "the command is too involved to tell whether this rule means it");
    }

    /** {@code deny Bash(curl:*) (yardmaster.yml)} */
    @Override
    public String toString() {
        return behavior.name().toLowerCase(Locale.ROOT) + " " + text + " (" + source + ")";
    }
}
