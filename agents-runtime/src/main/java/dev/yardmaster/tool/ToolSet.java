package dev.yardmaster.tool;

import dev.yardmaster.event.YardmasterException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tools by name, in order. Immutable. */
public final class ToolSet {

    private static final ToolSet NONE = new ToolSet(List.of());

    private final List<Tool> tools;
    /** By names in lower case, and as they are written. */
    private final Map<String, Tool> byName = new HashMap<>();

    private ToolSet(List<Tool> tools) {
        this.tools = List.copyOf(tools);
        for (Tool tool : tools) {
            put(tool.name(), tool);
            tool.aliases().forEach(alias -> put(alias, tool));
        }
    }

    private void put(String name, Tool tool) {
        Tool other = byName.putIfAbsent(key(name), tool);
        if (other != null && other != tool) {
            throw new YardmasterException("two tools answer to the name '" + name + "': " + other.name() + " ("
                    + other.getClass().getName() + ") and " + tool.name() + " ("
                    + tool.getClass().getName() + "); rename one");
        }
        byName.put(name, tool);
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    public static ToolSet none() {
        return NONE;
    }

    /** @throws YardmasterException when two tools answer to one name */
    public static ToolSet of(Tool... tools) {
        return new ToolSet(Arrays.asList(tools));
    }

    /** @throws YardmasterException when two tools answer to one name */
    public static ToolSet of(Collection<? extends Tool> tools) {
        return new ToolSet(List.copyOf(tools));
    }

    /** These tools and others behind them. @throws YardmasterException when two answer to one name */
    public ToolSet and(Tool... others) {
        var all = new ArrayList<Tool>(tools);
        all.addAll(Arrays.asList(others));
        return new ToolSet(all);
    }

    /** The tool that answers to this name, without regard to case. */
    public Optional<Tool> find(String name) {
        Tool exact = byName.get(name);
        return Optional.ofNullable(exact != null ? exact : byName.get(key(name)));
    }

    /** Those of these tools that are named, in the order of this set; names that fit none are passed over. */
    public ToolSet only(Collection<String> names) {
        var kept = names.stream().map(this::find).flatMap(Optional::stream).toList();
        return new ToolSet(tools.stream().filter(kept::contains).toList());
    }

    /** These tools without the named ones. */
    public ToolSet without(Collection<String> names) {
        var dropped = names.stream().map(this::find).flatMap(Optional::stream).toList();
        return new ToolSet(
                tools.stream().filter(tool -> !dropped.contains(tool)).toList());
    }

    /**
     * The same tools, of one of which an application knows that some calls may be repeated after a crash, because doing
     * them twice comes to the same: such a call is {@link dev.yardmaster.event.Effect#IDEMPOTENT}.
     *
     * @throws IllegalArgumentException when there is no such tool
     */
    public ToolSet repeatable(String name, Predicate<ToolCall> calls) {
        Tool tool = find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no tool '" + name + "' here; there are " + String.join(", ", names())));
        return new ToolSet(tools.stream()
                .map(each -> each == tool ? new RepeatableTool(tool, calls) : each)
                .toList());
    }

    public List<Tool> tools() {
        return tools;
    }

    /** Every name that a tool here answers to, in order: {@link #names} and aliases. */
    public List<String> answersTo() {
        return tools.stream()
                .flatMap(tool -> Stream.concat(Stream.of(tool.name()), tool.aliases().stream()))
                .toList();
    }

    /** The tools' names, in order. */
    public List<String> names() {
        return tools.stream().map(Tool::name).toList();
    }
}
