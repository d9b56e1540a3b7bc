package dev.yardmaster.model;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.tool.ToolCall;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model whose replies are written down beforehand: for examples, demonstrations and tests, offline. Which reply comes
 * next follows from the transcript alone (how many replies it holds), so a script goes on where a resumed transcript
 * stands. What it reports of results it takes from the results. Immutable, stateless, thread-safe.
 */
public final class ScriptedModel implements Model {

    private final Script script;

    private ScriptedModel(Script script) {
        this.script = script;
    }

    /** @throws InvalidScriptException when the file cannot be read or is no script; names every problem */
    public static ScriptedModel read(Path file) {
        return read(file, file.toString());
    }

    /** @param name how the file was asked for */
    static ScriptedModel read(Path file, String name) {
        return new ScriptedModel(ScriptReader.read(file, name));
    }

    /**
     * A script from a text in the file format.
     *
     * @param source its name in messages
     * @throws InvalidScriptException when it is no script; names every problem
     */
    public static ScriptedModel parse(String yaml, String source) {
        return new ScriptedModel(ScriptReader.parse(yaml, source, source));
    }

    /** A script in which one agent says these things, one a turn, and calls no tools. */
    public static ScriptedModel replies(String agent, String... says) {
        return empty().and(agent, says);
    }

    /** A script in which one agent replies this, one reply a turn. */
    public static ScriptedModel replies(String agent, ScriptedReply... replies) {
        return empty().and(agent, replies);
    }

    private static ScriptedModel empty() {
        return new ScriptedModel(new Script("inline", "inline", Map.of(), List.of(), Usage.none(), Optional.empty()));
    }

    /** The same script with what one more agent says. @throws IllegalArgumentException when it has that agent already */
    public ScriptedModel and(String agent, String... says) {
        return and(agent, Arrays.stream(says).map(ScriptedReply::say).toArray(ScriptedReply[]::new));
    }

    /** The same script with the replies of one more agent. @throws IllegalArgumentException when it has that agent */
    public ScriptedModel and(String agent, ScriptedReply... replies) {
        var agents = new LinkedHashMap<>(script.agents());
        if (agents.put(agent, Arrays.stream(replies).map(ScriptedReply::reply).toList()) != null) {
            throw new IllegalArgumentException("the script has replies for agent '" + agent
                    + "' already; give all of them at once, or name another agent");
        }
        return new ScriptedModel(
                new Script(script.name(), script.source(), agents, script.tasks(), script.usage(), script.dollars()));
    }

    /** {@link #when(String, String, ScriptedReply...)} with replies that call no tools. */
    public ScriptedModel when(String agent, String text, String... says) {
        return when(agent, text, Arrays.stream(says).map(ScriptedReply::say).toArray(ScriptedReply[]::new));
    }

    /**
     * The same script, in which an agent replies this when its task holds a text: for an agent that works more than once
     * in a run, as in a loop. Of several that fit the one added first counts; where none fits, its other replies do.
     *
     * @param text part of the first thing the agent is told, its context included
     */
    public ScriptedModel when(String agent, String text, ScriptedReply... replies) {
        var more = new ArrayList<>(script.tasks());
        more.add(new Script.Task(
                agent, text, Arrays.stream(replies).map(ScriptedReply::reply).toList()));
        return new ScriptedModel(
                new Script(script.name(), script.source(), script.agents(), more, script.usage(), script.dollars()));
    }

    /** The same script under another name: {@code script:NAME}. */
    public ScriptedModel named(String name) {
        return new ScriptedModel(
                new Script(name, script.source(), script.agents(), script.tasks(), script.usage(), script.dollars()));
    }

    /** The same script with these token counts for each reply that has none of its own. */
    public ScriptedModel usage(long input, long output) {
        return new ScriptedModel(new Script(
                script.name(),
                script.source(),
                script.agents(),
                script.tasks(),
                new Usage(input, output),
                script.dollars()));
    }

    /** The same script, each of whose replies is said to cost so much; nothing unless set. For tests of budgets. */
    public ScriptedModel dollars(String each) {
        return new ScriptedModel(new Script(
                script.name(),
                script.source(),
                script.agents(),
                script.tasks(),
                script.usage(),
                Optional.of(new BigDecimal(each))));
    }

    @Override
    public String name() {
        return "script:" + script.name();
    }

    @Override
    public boolean scripted() {
        return true;
    }

    @Override
    public boolean repliesAs(String agent) {
        return script.agents().containsKey(agent)
                || script.tasks().stream().anyMatch(task -> task.agent().equals(agent));
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        String agent = request.agent();
        String told = told(request);
        List<Script.Reply> replies = script.tasks().stream()
                .filter(task -> task.agent().equals(agent) && told.contains(task.text()))
                .findFirst()
                .map(Script.Task::replies)
                .orElseGet(() -> script.agents().get(agent));
        if (replies == null) {
            throw unknown(agent);
        }
        int done = request.messages().stream().mapToInt(ScriptedModel::replies).sum();
        if (done >= replies.size()) {
            throw bad("script '" + script.source() + "' ran out: agent '" + agent + "' asks for reply " + (done + 1)
                    + " and has " + replies.size() + further(request));
        }
        var place = new Place(script.source(), agent, done + 1);
        return reply(replies.get(done), captured(replies, request, told), place);
    }

    /** Why there is another reply to give, and what to do about it. */
    private static String further(ModelRequest request) {
        return request.messages().isEmpty() || !(request.messages().getLast() instanceof Message.User asked)
                ? "; add one, or let the last be a 'say:' without a 'call:', which ends the agent's work"
                : ". After its last reply it was told: \"" + beginning(asked.text())
                        + "\"; add a reply to that, such as the" + " verdict on a checklist (docs/scripts.md)";
    }

    private static String beginning(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() <= 120 ? line : line.substring(0, 119) + "…";
    }

    private static int replies(Message message) {
        return switch (message) {
            case Message.Assistant reply -> 1;
            case Message.Summary summary -> summary.replies();
            default -> 0;
        };
    }

    /** The first thing the agent is told: its task, and its context. */
    private static String told(ModelRequest request) {
        return request.messages().stream()
                .filter(Message.User.class::isInstance)
                .findFirst()
                .map(task -> ((Message.User) task).text())
                .orElse("");
    }

    private ModelException unknown(String agent) {
        List<String> texts = script.tasks().stream()
                .filter(task -> task.agent().equals(agent))
                .map(task -> "'" + task.text() + "'")
                .toList();
        if (!texts.isEmpty()) {
            return bad(
                    "script '" + script.source() + "' has replies for agent '" + agent + "' only for tasks that hold "
                            + String.join(" or ", texts) + ", and this one does not; add replies for all others");
        }
        return bad("script '" + script.source() + "' has no replies for agent '" + agent
                + "', so none for its turn 1; add '" + agent
                + ":' under 'agents:', or give the task to one that it has: "
                + (script.agents().isEmpty()
                        ? "none"
                        : String.join(", ", script.agents().keySet()))
                + DidYouMean.hint(agent, script.agents().keySet()));
    }

    private ModelReply reply(Script.Reply next, Map<String, String> variables, Place place) {
        var calls = new ArrayList<ToolCall>();
        for (Script.Call call : next.calls()) {
            String id = "call-" + place.turn() + "-" + (calls.size() + 1);
            calls.add(new ToolCall(id, call.tool(), Json.of(filled(call.arguments(), variables, place))));
        }
        return new ModelReply(
                        new Message.Assistant(filledText(next.say(), variables, place), calls, Map.of()),
                        next.usage().orElse(script.usage()),
                        calls.isEmpty() ? ModelReply.Finish.STOP : ModelReply.Finish.TOOL_CALLS)
                .costing(script.dollars());
    }

    /** Where in a script, for messages. */
    private record Place(String source, String agent, int turn) {
        @Override
        public String toString() {
            return "reply " + turn + " of agent '" + agent + "' in script '" + source + "'";
        }
    }

    /** The task, and the variables that the replies so far have captured from the results of their calls. */
    private Map<String, String> captured(List<Script.Reply> replies, ModelRequest request, String told) {
        var results = new ArrayList<Optional<StringBuilder>>();
        for (Message message : request.messages()) {
            switch (message) {
                case Message.Assistant reply -> results.add(Optional.of(new StringBuilder()));
                case Message.Summary summary ->
                    results.addAll(
                            Collections.nCopies(summary.replies(), Optional.empty())); // nobody knows them any more
                case Message.ToolOutput output -> {
                    if (!results.isEmpty()) {
                        results.getLast()
                                .ifPresent(result -> result.append(result.isEmpty() ? "" : "\n")
                                        .append(output.text()));
                    }
                }
                default -> {}
            }
        }
        var variables = new LinkedHashMap<String, String>();
        int context = told.indexOf("\n\n## ");
        variables.put(Script.TASK, context < 0 ? told : told.substring(0, context));
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).isPresent()) {
                var place = new Place(script.source(), request.agent(), i + 1);
                String result = results.get(i).get().toString();
                replies.get(i)
                        .captures()
                        .forEach((variable, pattern) ->
                                variables.put(variable, match(variable, pattern, result, place)));
            }
        }
        return variables;
    }

    private static String match(String variable, Pattern pattern, String result, Place place) {
        Matcher matcher = pattern.matcher(result);
        String found = matcher.find() ? matcher.group(Math.min(1, matcher.groupCount())) : null;
        if (found == null) {
            throw bad(place + " captures '" + variable + "' with the pattern '" + pattern.pattern()
                    + "', which does not fit the result of its calls; mend the pattern, or see why the result is another"
                    + " one. It begins: " + (result.length() <= 300 ? result : result.substring(0, 300) + "…"));
        }
        return found;
    }

    private static Object filled(Object value, Map<String, String> variables, Place place) {
        return switch (value) {
            case String text -> filledText(text, variables, place);
            case List<?> list ->
                list.stream().map(each -> filled(each, variables, place)).toList();
            case Map<?, ?> map -> {
                var filled = new LinkedHashMap<Object, Object>();
                map.forEach((key, each) -> filled.put(key, filled(each, variables, place)));
                yield filled;
            }
            default -> value;
        };
    }

    private static String filledText(String text, Map<String, String> variables, Place place) {
        try {
            return Placeholders.fill(text, variable -> {
                String value = variables.get(variable);
                if (value == null) {
                    var captured = new ArrayList<>(variables.keySet());
                    captured.remove(Script.TASK);
                    throw bad(place + " uses ${" + variable + "}, which no reply before it has captured; captured so"
                            + " far: " + (captured.isEmpty() ? "nothing" : String.join(", ", captured)));
                }
                return value;
            });
        } catch (IllegalArgumentException e) {
            throw bad(place + ": " + e.getMessage());
        }
    }

    private static ModelException bad(String message) {
        return new ModelException(ModelException.Kind.BAD_REQUEST, message);
    }
}
