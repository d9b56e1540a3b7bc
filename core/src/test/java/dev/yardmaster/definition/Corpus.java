package dev.yardmaster.definition;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Real agent files of public collections, where they lie beside the checkout: what each must load as. */
final class Corpus {

    /**
     * One row of the index.
     *
     * @param file its collection and its path in there
     * @param tools empty when the index says that it inherits all
     */
    record Expected(String file, String name, Optional<List<String>> tools, Optional<String> model) {}

    private final Path root;

    private Corpus(Path root) {
        this.root = root;
    }

    /** Skips the test, with a word, where there is no corpus. */
    static Corpus here() {
        Path root = Path.of(System.getProperty("yardmaster.shared", "nowhere"), "corpus");
        assumeTrue(
                Files.isRegularFile(root.resolve("index.jsonl")),
                "the corpus of real agent files is not there; set -Dyardmaster.shared to the folder that holds it");
        return new Corpus(root);
    }

    List<Expected> index() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<Expected> rows = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("index.jsonl"))) {
            JsonNode row = mapper.readTree(line);
            rows.add(new Expected(
                    row.get("collection").textValue() + "/" + row.get("path").textValue(),
                    row.get("name").textValue(),
                    Optional.ofNullable(row.get("tools"))
                            .filter(JsonNode::isArray)
                            .map(tools -> Stream.of(mapper.convertValue(tools, String[].class))
                                    .toList()),
                    Optional.ofNullable(row.get("model").textValue())));
        }
        return rows;
    }

    byte[] agentFile(String file) throws IOException {
        return Files.readAllBytes(root.resolve("agents").resolve(file));
    }

    List<Path> notAgents() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("not-agents"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
