package dev.yardmaster.cli.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** JSON as nodes that know their lines, the same as those of YAML files. */
final class JsonNodes {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(50).build())
            .build();

    private final JsonParser parser;

    private JsonNodes(JsonParser parser) {
        this.parser = parser;
    }

    /** The root; empty for a file without content. */
    static Optional<Node> of(YamlText source) {
        if (source.text().isBlank()) {
            return Optional.empty();
        }
        try (JsonParser parser = FACTORY.createParser(source.text())) {
            parser.nextToken();
            Node root = new JsonNodes(parser).node();
            if (parser.nextToken() != null) {
                throw new UsageException(source.file() + ":"
                        + parser.currentTokenLocation().getLineNr() + ": not JSON: there is something after its end;"
                        + " remove it");
            }
            return Optional.of(root);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new UsageException(source.file() + ":" + line + ": not JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse("it cannot be read") + "; correct the line");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no file behind it
        }
    }

    private Node node() throws IOException {
        Mark at = mark();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            var pairs = new ArrayList<NodeTuple>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Node key = new ScalarNode(Tag.STR, parser.currentName(), mark(), mark(), ScalarStyle.DOUBLE_QUOTED);
                parser.nextToken();
                pairs.add(new NodeTuple(key, node()));
            }
            return new MappingNode(Tag.MAP, true, pairs, at, mark(), FlowStyle.BLOCK);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            var items = new ArrayList<Node>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(node());
            }
            return new SequenceNode(Tag.SEQ, true, items, at, mark(), FlowStyle.BLOCK);
        }
        return new ScalarNode(Tag.STR, parser.getText(), at, at, ScalarStyle.DOUBLE_QUOTED);
    }

    private Mark mark() {
        int line = parser.currentTokenLocation().getLineNr() - 1;
        return new Mark("", 0, line, 0, new int[0], 0);
    }
}
