package dev.yardmaster.cli.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Nodes as maps, lists and texts. */
final class PlainNodes {

    private PlainNodes() {}

    static Object of(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                mapping.getValue()
                        .forEach(pair -> plain.put(String.valueOf(of(pair.getKeyNode())), of(pair.getValueNode())));
                yield plain;
            }
            case SequenceNode sequence ->
                sequence.getValue().stream().map(PlainNodes::of).toList();
            case ScalarNode scalar -> scalar.getValue();
            default -> "";
        };
    }
}
