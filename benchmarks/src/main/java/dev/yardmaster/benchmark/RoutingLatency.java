package dev.yardmaster.benchmark;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.router.onnx.MiniLm;
import dev.yardmaster.routing.HybridRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How long it takes to find the specialist for a task among 400, by words and meaning: prints the median and the 99th
 * percentile of a task, in milliseconds, and the time to make the index with no vectors kept (the model's loading included)
 * and with all of them kept, in seconds. The 400 are put together from what the stock agents say, as long as files of public
 * collections are.
 */
public final class RoutingLatency {

    private static final int AGENTS = 400;
    private static final int WORDS = 700;
    private static final int EXAMPLES = 2;
    private static final int WARM = 500;
    private static final int TASKS = 2_000;

    private final Random random = new Random(1);
    private final List<String> paragraphs;
    private final List<String> sentences;

    private RoutingLatency(List<AgentDefinition> stock) {
        paragraphs = stock.stream()
                .flatMap(agent -> Arrays.stream(agent.prompt().split("\\n\\s*\\n")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        sentences = stock.stream()
                .flatMap(agent -> Arrays.stream(
                        (agent.withoutExamples().description() + " " + agent.prompt()).split("(?<=[.:;])\\s+|\\n+")))
                .map(text -> text.replaceAll("[^\\w ,'-]", " ").strip())
                .filter(text -> text.length() > 20)
                .toList();
    }

    /** @param arguments ignored */
    public static void main(String[] arguments) throws Exception {
        var made = new RoutingLatency(AgentCatalog.builder().stock().build().all());
        try (var folder = Folder.make()) {
            System.out.println(made.measured(folder.path()));
        }
    }

    private String measured(Path folder) throws IOException {
        Path files = Files.createDirectories(folder.resolve("agents"));
        for (int i = 0; i < AGENTS; i++) {
            Files.writeString(files.resolve("specialist-" + i + ".md"), agent(i));
        }
        List<AgentDefinition> agents =
                AgentCatalog.builder().folder(files).build().all();
        if (agents.size() != AGENTS) {
            throw new IllegalStateException(agents.size() + " agents were read");
        }
        Path cache = folder.resolve("vectors");
        long began = System.nanoTime();
        MiniLm model = MiniLm.load();
        HybridRouter.of(agents, model, cache);
        double cold = (System.nanoTime() - began) / 1e9;
        began = System.nanoTime();
        HybridRouter router = HybridRouter.of(agents, model, cache);
        double cached = (System.nanoTime() - began) / 1e9;
        for (int i = 0; i < WARM; i++) {
            router.route(task());
        }
        long[] nanos = new long[TASKS];
        for (int i = 0; i < TASKS; i++) {
            String task = task();
            began = System.nanoTime();
            router.route(task);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos[TASKS / 2] / 1e6 + " " + nanos[TASKS * 99 / 100] / 1e6 + " " + cold + " " + cached;
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** What people write: a sentence or two. */
    private String task() {
        return any(sentences) + (random.nextBoolean() ? ". " + any(sentences) : "");
    }

    private String agent(int number) {
        var lines = new ArrayList<String>();
        lines.add("---");
        lines.add("name: specialist-" + number);
        lines.add("description: |");
        lines.add("  " + any(sentences) + ". " + any(sentences) + ".");
        for (int i = 0; i < EXAMPLES; i++) {
            lines.add("  <example>");
            lines.add("  Context: " + any(sentences));
            lines.add("  user: \"" + task() + "\"");
            lines.add("  assistant: \"I'll use specialist-" + number + "\"");
            lines.add("  </example>");
        }
        lines.add("---");
        for (int words = 0; words < WORDS; ) {
            String paragraph = any(paragraphs);
            words += paragraph.split("\\s+").length;
            lines.add(paragraph);
            lines.add("");
        }
        return String.join("\n", lines);
    }
}
