package dev.yardmaster.definition;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a mapping by the rules of YAML 1.1, as SnakeYAML has them, and no further: nodes are composed and nothing is
 * constructed, scalars stay text, and duplicate keys, merge keys, explicit types, deep nesting, more than a handful of
 * aliases and what they would unfold to are refused.
 */
final class StrictYaml {

    private static final int DEEPEST = 20;
    private static final int MOST_ALIASES = 10;
    private static final int MOST_VALUES = 10_000;

    private final FilePosition start;
    private int values;

    private StrictYaml(FilePosition start) {
        this.start = start;
    }

    /**
     * @param text whole lines of a file
     * @param start where the first of them stands; its column is that of every line
     */
    static Map<String, Field> read(String text, FilePosition start) throws YamlRefusal {
        StrictYaml reader = new StrictYaml(start);
        try {
            Node root = yaml().compose(new StringReader(text));
            return root == null ? Map.of() : reader.fields(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            throw new YamlRefusal(mark == null ? start : reader.at(mark), String.valueOf(e.getProblem()));
        } catch (ReaderException e) {
            throw new YamlRefusal(reader.at(text, e.getPosition()), "a character that YAML does not allow");
        } catch (YAMLException e) {
            // Without a mark it is one of the limits set below.
            throw YamlRefusal.limit(
                    start, String.valueOf(e.getMessage()).lines().findFirst().orElse("not YAML"));
        }
    }

    private Map<String, Field> fields(Node root) throws YamlRefusal {
        if (!(root instanceof MappingNode mapping)) {
            throw new YamlRefusal(at(root.getStartMark()), "not a list of 'key: value' lines");
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = key(tuple.getKeyNode());
            Field field = new Field(
                    key, value(tuple.getValueNode(), 1), at(tuple.getKeyNode().getStartMark()));
            if (fields.put(key, field) != null) {
                throw new YamlRefusal(field.at(), "the key " + Quoted.of(key) + " is there twice");
            }
        }
        return fields;
    }

    private FieldValue value(Node node, int depth) throws YamlRefusal {
        FilePosition at = at(node.getStartMark());
        if (depth > DEEPEST) {
            throw YamlRefusal.limit(at, "nested more than " + DEEPEST + " levels deep");
        }
        if (++values > MOST_VALUES) {
            throw YamlRefusal.limit(at, "more than %,d values".formatted(MOST_VALUES));
        }
        return switch (node) {
            case ScalarNode scalar -> {
                requireTag(node, Tag.STR, at);
                yield new FieldValue.Scalar(scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN, at);
            }
            case SequenceNode sequence -> {
                requireTag(node, Tag.SEQ, at);
                List<FieldValue> values = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    values.add(value(item, depth + 1));
                }
                yield new FieldValue.Items(values, at);
            }
            case MappingNode mapping -> {
                requireTag(node, Tag.MAP, at);
                Map<String, FieldValue> values = new LinkedHashMap<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    values.put(key(tuple.getKeyNode()), value(tuple.getValueNode(), depth + 1));
                }
                yield new FieldValue.Pairs(values, at);
            }
            default -> throw new YamlRefusal(at, "an alias that leads nowhere");
        };
    }

    private String key(Node node) throws YamlRefusal {
        FilePosition at = at(node.getStartMark());
        if (!(node instanceof ScalarNode scalar)) {
            throw new YamlRefusal(at, "a key that is not a word");
        }
        requireTag(node, Tag.STR, at);
        if (scalar.getValue().equals("<<")) {
            throw YamlRefusal.limit(at, "a merge key '<<'");
        }
        return scalar.getValue();
    }

    private static void requireTag(Node node, Tag tag, FilePosition at) throws YamlRefusal {
        if (!node.getTag().equals(tag)) {
            throw new YamlRefusal(
                    at, "an explicit type " + Quoted.of(node.getTag().getValue()));
        }
    }

    private FilePosition at(Mark mark) {
        return new FilePosition(start.line() + mark.getLine(), start.column() + mark.getColumn());
    }

    private FilePosition at(String text, int offset) {
        String before = text.substring(0, Math.min(offset, text.length()));
        int lineStart = before.lastIndexOf('\n') + 1;
        int lines = (int) before.chars().filter(character -> character == '\n').count();
        return new FilePosition(start.line() + lines, start.column() + before.length() - lineStart);
    }

    private static Yaml yaml() {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setAllowRecursiveKeys(false);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setCodePointLimit(AgentReader.MOST_BYTES);
        limits.setProcessComments(false);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new SafeConstructor(limits), new Representer(unused), unused, limits, new AllScalarsAreText());
    }

    /** {@code on}, {@code 1.0} and {@code ~} are what the author typed. */
    private static final class AllScalarsAreText extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar ? Tag.STR : super.resolve(kind, value, implicit);
        }
    }
}
