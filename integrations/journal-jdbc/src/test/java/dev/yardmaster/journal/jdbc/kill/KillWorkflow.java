package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.Probe;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.Update;
import dev.yardmaster.run.StepInDoubtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Twenty steps of all four effects, in a chain and in four branches at once. Each effect that must not be repeated is a
 * line in a ledger outside the framework, synced to the disk; a step in doubt writes a line that says so, and nothing
 * else.
 */
final class CrashWorkflow {

    static final RunId RUN = new RunId("crash");
    static final Channel<List<String>> DONE =
            Channel.listOf("done", String.class).withReducer(Reducer.append());

    private static final int STEPS = 20;
    private static final int BRANCHES = 4;

    private final Path ledger;

    CrashWorkflow(Path ledger) {
        this.ledger = ledger;
    }

    Graph graph() {
        var builder =
                Graph.builder("crash").channels(DONE).node("first", node(0)).start("first");
        for (int branch = 1; branch <= BRANCHES; branch++) {
            builder.node("branch" + branch, node(branch)).edge("first", "branch" + branch);
            builder.edge("branch" + branch, "last");
        }
        return builder.node("last", (state, context) -> Update.none()).build();
    }

    /** Each of the five working nodes takes its four steps, one of each effect. */
    private Node node(int number) {
        return (state, context) -> {
            for (int i = 0; i < STEPS / (BRANCHES + 1); i++) {
                step(context, "n" + number + "-s" + i, Effect.values()[(number + i) % 4]);
            }
            return Update.of(DONE, List.of("n" + number));
        };
    }

    private void step(NodeContext context, String name, Effect effect) throws Exception {
        String line = effect + " " + name;
        try {
            context.step(name, String.class, name, effect, probe(line), () -> {
                if (effect != Effect.READ_ONLY) {
                    write(line);
                }
                return line;
            });
        } catch (StepInDoubtException e) {
            context.step(name + "/doubt", String.class, name, Effect.READ_ONLY, () -> {
                write("DOUBT " + name);
                return "surfaced";
            });
        }
    }

    private Probe<String> probe(String line) {
        if (!line.startsWith("PROBED ")) {
            return Probe.none();
        }
        return new Probe<>() {
            @Override
            public Json before() {
                return Json.none();
            }

            @Override
            public Verdict<String> look(Json before) {
                return lines(ledger).contains(line) ? new Verdict.Happened<>(line) : new Verdict.NotHappened<>();
            }
        };
    }

    private void write(String line) throws IOException {
        Files.writeString(
                ledger,
                line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.DSYNC);
    }

    static List<String> lines(Path ledger) {
        try {
            return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that every run must have written, whatever became of its processes. */
    static List<String> expected() {
        var all = new java.util.ArrayList<String>();
        for (int number = 0; number <= BRANCHES; number++) {
            for (int i = 0; i < STEPS / (BRANCHES + 1); i++) {
                Effect effect = Effect.values()[(number + i) % 4];
                if (effect != Effect.READ_ONLY) {
                    all.add(effect + " n" + number + "-s" + i);
                }
            }
        }
        return all;
    }
}
