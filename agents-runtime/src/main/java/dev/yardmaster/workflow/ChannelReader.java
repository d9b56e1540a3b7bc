package dev.yardmaster.workflow;

import dev.yardmaster.yaml.YamlNodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads what a workflow says of its channels, and of the fields of records. */
final class ChannelReader {

    static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private static final Set<String> CHANNEL = Set.of("type", "reducer", "fields");
    private static final Set<String> FIELD = Set.of("type", "fields", "oneOf", "about");

    private final YamlNodes yaml;

    ChannelReader(YamlNodes yaml) {
        this.yaml = yaml;
    }

    Optional<WorkflowChannel> channel(String name, Node node) {
        if (!NAME.matcher(name).matches()) {
            yaml.problem(node, "channel name '" + name + "' is not usable: letters, digits, '_' and '-'");
            return Optional.empty();
        }
        Map<String, Node> entries = entries(node, CHANNEL, "a channel");
        String reducer = entries.containsKey("reducer") ? yaml.text(entries.get("reducer")) : "";
        ValueType type = type(node, entries);
        if (!reducer.isEmpty() && !type.kind().reducers().contains(reducer)) {
            yaml.problem(
                    node,
                    "a channel of " + type.kind().word() + " has no reducer '" + reducer + "'; it may have "
                            + String.join(", ", type.kind().reducers()));
        }
        return Optional.of(WorkflowChannel.of(name, type, reducer));
    }

    private Map<String, Node> entries(Node node, Set<String> allowed, String what) {
        return node instanceof ScalarNode ? Map.of("type", node) : yaml.entries(node, allowed, what);
    }

    private ValueType type(Node node, Map<String, Node> entries) {
        String word = entries.containsKey("type")
                ? yaml.text(entries.get("type"))
                : entries.containsKey("fields") ? ChannelKind.RECORD.word() : ChannelKind.TEXT.word();
        Optional<ChannelKind> kind = ChannelKind.find(word);
        if (kind.isEmpty()) {
            yaml.problem(
                    node,
                    "'" + word + "' is no type; known: " + String.join(", ", ChannelKind.words())
                            + yaml.hint(word, ChannelKind.words()));
            return ValueType.of(ChannelKind.TEXT); // so that it is told once
        }
        if (!kind.get().hasFields() && entries.containsKey("fields")) {
            yaml.problem(entries.get("fields"), "a " + word + " has no fields; declare it as record or records");
        }
        if (kind.get().hasFields() && !entries.containsKey("fields")) {
            yaml.problem(node, "a " + word + " without fields; write 'fields: {NAME: TYPE, …}'");
        }
        return new ValueType(kind.get(), fields(entries), choices(entries, kind.get()), about(entries));
    }

    private Map<String, ValueType> fields(Map<String, Node> entries) {
        var fields = new LinkedHashMap<String, ValueType>();
        if (entries.containsKey("fields")) {
            yaml.entries(entries.get("fields"), Set.of(), "fields").forEach((name, node) -> {
                if (!NAME.matcher(name).matches()) {
                    yaml.problem(node, "field name '" + name + "' is not usable: letters, digits, '_' and '-'");
                } else {
                    fields.put(name, type(node, entries(node, FIELD, "a field")));
                }
            });
        }
        return fields;
    }

    private List<String> choices(Map<String, Node> entries, ChannelKind kind) {
        if (!entries.containsKey("oneOf")) {
            return List.of();
        }
        if (kind != ChannelKind.TEXT) {
            yaml.problem(entries.get("oneOf"), "'oneOf' belongs to a text; a " + kind.word() + " has no choices");
        }
        return yaml.items(entries.get("oneOf"), "oneOf").stream()
                .map(yaml::text)
                .toList();
    }

    private String about(Map<String, Node> entries) {
        return entries.containsKey("about") ? yaml.text(entries.get("about")) : "";
    }
}
