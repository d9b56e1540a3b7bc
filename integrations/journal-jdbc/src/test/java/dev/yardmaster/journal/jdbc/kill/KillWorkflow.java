package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.Probe;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.StepInDoubtException;
import dev.yardmaster.tool.FunctionTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Twenty steps of all four effects in everything that a graph is made of: a chain, branches at once, an element each of a
 * list, a subgraph, a wait for an answer and for a time; and beside them an agent that calls tools in parallel and one
 * after the other, and has to ask for one of the calls. What it does outside the framework is a {@link Ledger}, and one
 * line in a file that the agent edits.
 */
final class KillWorkflow {

    static final RunId RUN = new RunId("kills");
    static final String AGENT = "agent";

    private static final Channel<List<String>> ITEMS = Channel.listOf("items", String.class);
    private static final Channel<String> ITEM = Channel.of("item", String.class);
    private static final Channel<String> RESULT = Channel.of("result", String.class);
    private static final Channel<List<String>> RESULTS = Channel.listOf("results", String.class);
    private static final Channel<List<String>> DONE =
            Channel.listOf("done", String.class).withReducer(Reducer.append());
    private static final Channel<String> TASK = Channel.of("task", String.class);
    private static final Channel<String> SAID = Channel.of("said", String.class);

    private static final List<String> NAMES = List.of("a", "b", "c");

    static final State INPUT = State.of(ITEMS, NAMES).with(TASK, "Count, mark and edit.");

    /** What a line of the edited file is replaced with; done twice, there is one more line than there should be. */
    private static final String LINE = "counted";

    private static final String SCRIPT = """
            version: 1
            agents:
              worker:
                - call: [{Look: {key: agent-look-1}}, {Look: {key: agent-look-2}}, {Read: {file_path: notes.txt}},
                         {Look: {key: agent-look-3}}]
                - call: [{Count: {key: agent-count-1}}, {Mark: {key: agent-mark}},
                         {Edit: {file_path: notes.txt, old_string: "the end", new_string: "counted\\nthe end"}}]
                - call: [{Look: {key: agent-look-4}}, {Look: {key: agent-look-5}}, {Count: {key: agent-count-2}}]
                - say: Done.
            """;

    /**
     * Something that is done outside the framework.
     *
     * @param key how the ledger calls it
     * @param step how the journal calls the step that does it
     */
    record Deed(String key, Effect effect, String step) {}

    /** What a call of one of the agent's own tools is about. */
    record About(String key) {}

    private final Path folder;
    private final Ledger ledger;

    KillWorkflow(Path folder, SyncPoints points) {
        this.folder = folder;
        this.ledger = new Ledger(folder.resolve("ledger"), points);
    }

    /** All that a run must have done when it is over, whatever became of its processes; what only reads is not of it. */
    static List<Deed> deeds() {
        var all = new ArrayList<Deed>();
        chain("first", 4, all);
        chain("left", 3, all);
        NAMES.forEach(name -> chain("each-" + name, 2, all));
        chain("inner-one", 2, all);
        chain("inner-two", 2, all);
        chain("before-answer", 1, all);
        chain("after-answer", 2, all);
        all.removeIf(deed -> deed.effect() == Effect.READ_ONLY);
        all.add(new Deed("agent-count-1", Effect.ONCE, "turn/2/call/1"));
        all.add(new Deed("agent-mark", Effect.IDEMPOTENT, "turn/2/call/2"));
        all.add(new Deed("agent-edit", Effect.PROBED, "turn/2/call/3"));
        all.add(new Deed("agent-count-2", Effect.ONCE, "turn/3/call/3"));
        return all;
    }

    private static void chain(String name, int steps, List<Deed> all) {
        for (int i = 1; i <= steps; i++) {
            String key = name + "-" + i;
            all.add(new Deed(key, effect(name, i), key));
        }
    }

    /** Each chain begins with another effect. */
    private static Effect effect(String name, int number) {
        Effect[] effects = Effect.values();
        return effects[Math.floorMod(name.hashCode() + number, effects.length)];
    }

    static Answer answer(String question, String by) {
        return new Answer(question, question.contains("approval") ? "allow" : "yes", "", by);
    }

    Graph graph() {
        var inner = Graph.builder("inner")
                .channels(DONE)
                .node("one", steps("inner-one", 2))
                .node("two", steps("inner-two", 2))
                .start("one")
                .edge("one", "two")
                .build();
        var builder = Graph.builder("kills")
                .channels(ITEMS, RESULTS, DONE, TASK, SAID)
                .node("first", steps("first", 4))
                .node("left", this::left)
                .forEach("each", ITEMS, ITEM, this::each, RESULT, RESULTS, 3)
                .node("inner", inner)
                .node("ask", this::ask)
                .node(AGENT, worker())
                .start("first");
        for (String branch : List.of("left", "each", "inner", "ask", AGENT)) {
            builder.edge("first", branch).edge(branch, "last");
        }
        return builder.node("last", (state, context) -> Update.none()).build();
    }

    private Node steps(String name, int count) {
        return (state, context) -> {
            steps(context, name, count);
            return Update.of(DONE, List.of(name));
        };
    }

    private void steps(NodeContext context, String name, int count) throws Exception {
        for (int i = 1; i <= count; i++) {
            step(context, name + "-" + i, effect(name, i));
        }
    }

    private Update left(State state, NodeContext context) throws Exception {
        steps(context, "left", 3);
        context.sleep(Duration.ofMillis(20));
        return Update.of(DONE, List.of("left"));
    }

    private Update each(State state, NodeContext context) throws Exception {
        steps(context, "each-" + state.get(ITEM), 2);
        return Update.of(RESULT, state.get(ITEM) + "!");
    }

    private Update ask(State state, NodeContext context) throws Exception {
        steps(context, "before-answer", 1);
        Answer answer = context.ask(Question.of("Shall it go on?", "yes", "no"));
        steps(context, "after-answer", 2);
        return Update.of(DONE, List.of("asked: " + answer.choice()));
    }

    private Node worker() {
        return AgentRuntime.builder()
                .agents(AgentDefinition.of("worker", "Works", "You count, mark and edit."))
                .model(ScriptedModel.parse(SCRIPT, "kills.yaml"))
                .workspace(workspace())
                .tools(tool("Count", Effect.ONCE), tool("Mark", Effect.IDEMPOTENT), tool("Look", Effect.READ_ONLY))
                .policy(Policy.of(Mode.DEFAULT)
                        .with(Rule.allow("Count", "test"), Rule.allow("Mark", "test"), Rule.allow("Look", "test")))
                .build()
                .agent("worker")
                .reads(TASK)
                .writes(SAID);
    }

    private Path workspace() {
        try {
            Path workspace = Files.createDirectories(folder.resolve("workspace"));
            Path notes = workspace.resolve("notes.txt");
            if (Files.notExists(notes)) {
                Path draft = Files.writeString(folder.resolve("notes.draft"), "the beginning\nthe end\n");
                Files.move(draft, notes);
            }
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FunctionTool<About> tool(String name, Effect effect) {
        return FunctionTool.of(name, name + "s something", About.class, about -> {
                    if (effect == Effect.READ_ONLY) {
                        LockSupport.parkNanos(15_000_000); // long enough for others to be in flight with it
                    } else {
                        ledger.write(about.key());
                    }
                    return name + "ed " + about.key();
                })
                .withEffect(effect);
    }

    private void step(NodeContext context, String key, Effect effect) throws Exception {
        try {
            context.step(key, String.class, key, effect, probe(key, effect), () -> {
                if (effect != Effect.READ_ONLY) {
                    ledger.write(key);
                }
                return MutantJournal.output(key);
            });
        } catch (StepInDoubtException e) {
            context.step(key + "/doubt", String.class, key, Effect.READ_ONLY, () -> "surfaced");
        }
    }

    private Probe<String> probe(String key, Effect effect) {
        if (effect != Effect.PROBED) {
            return Probe.none();
        }
        return new Probe<>() {
            @Override
            public Json before() {
                return Json.none();
            }

            @Override
            public Verdict<String> look(Json before) {
                return Ledger.times(folder.resolve("ledger"), key) > 0
                        ? new Verdict.Happened<>(MutantJournal.output(key))
                        : new Verdict.NotHappened<>();
            }
        };
    }

    /** How often something was done, in the folder of a run. */
    static long times(Path folder, Deed deed) {
        return deed.key().equals("agent-edit")
                ? Ledger.times(folder.resolve("workspace").resolve("notes.txt"), LINE)
                : Ledger.times(folder.resolve("ledger"), deed.key());
    }
}
