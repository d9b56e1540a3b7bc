package dev.yardmaster.cli.settings;

import dev.yardmaster.event.FileTrouble;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The text of a YAML file as nodes: nothing is constructed, scalars stay as they were typed. */
record YamlText(Path file, String text) {

    private static final int MOST_BYTES = 256 * 1024;

    static YamlText of(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UsageException("'" + file + "' is not a file; settings are in a file of that name");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new UsageException("'" + file + "' is larger than 256 KiB, too large for settings; shorten it");
            }
            return new YamlText(file, decoded(file, Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UsageException("'" + file + "' cannot be read (" + FileTrouble.of(e)
                    + "); check its permissions, or move it away");
        }
    }

    private static String decoded(Path file, byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes);
        try {
            String text = decoder.decode(in).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            String before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
            long line = before.chars().filter(each -> each == '\n').count() + 1;
            throw new UsageException(file + ":" + line + ": not UTF-8; save the file as UTF-8");
        }
    }

    /** The root node; empty for a file without content. */
    Optional<Node> compose() {
        try {
            return Optional.ofNullable(yaml().compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new UsageException(file + ":" + line + ": not YAML: " + e.getProblem()
                    + "; correct the line, or put the value in quotes");
        } catch (YAMLException e) {
            String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("it cannot be read");
            throw new UsageException(file + ": not YAML: " + what + "; correct the file");
        }
    }

    private static Yaml yaml() {
        var limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(10);
        limits.setNestingDepthLimit(20);
        var unused = new DumperOptions();
        return new Yaml(new SafeConstructor(limits), new Representer(unused), unused, limits, new Resolver() {
            @Override
            public Tag resolve(NodeId kind, String value, boolean implicit) {
                return kind == NodeId.scalar ? Tag.STR : super.resolve(kind, value, implicit);
            }
        });
    }
}
