package dev.yardmaster.model;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.tool.ToolCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model whose replies are written down beforehand: for examples, demonstrations and tests, offline. Which reply comes
 * next follows from the transcript alone (how many replies it holds), so a script goes on where a resumed transcript
 * stands. What it reports of results it takes from the results. Stateless and thread-safe.
 */
public final class ScriptedModel implements Model {

    private final Script script;

    private ScriptedModel(Script script) {
        this.script = script;
    }

    /** @throws InvalidScriptException when the file cannot be read or is no script */
    public static ScriptedModel read(Path file) {
        return new ScriptedModel(Script.read(file));
    }

    /**
     * A script from a text in the file format.
     *
     * @param source its name in messages
     * @throws InvalidScriptException when it is no script
     */
    public static ScriptedModel parse(String yaml, String source) {
        return new ScriptedModel(Script.parse(yaml, source));
    }

    /** A script in which one agent says these things, one a turn, and calls no tools. */
    public static ScriptedModel replies(String agent, String... says) {
        return new ScriptedModel(new Script("inline", Map.of(), Usage.none())).and(agent, says);
    }

    /** The same script with what one more agent says. */
    public ScriptedModel and(String agent, String... says) {
        var agents = new LinkedHashMap<>(script.agents());
        agents.put(
                agent,
                Arrays.stream(says)
                        .map(say -> new Script.Reply(say, List.of(), Map.of(), Optional.empty()))
                        .toList());
        return new ScriptedModel(new Script(script.source(), agents, script.usage()));
    }

    @Override
    public String name() {
        return "script:" + script.source();
    }

    @Override
    public boolean scripted() {
        return true;
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        String agent = request.agent();
        List<Script.Reply> replies = script.agents().get(agent);
        if (replies == null) {
            throw bad("script '" + script.source() + "' has no replies for agent '" + agent + "'; it has some for "
                    + (script.agents().isEmpty()
                            ? "nobody"
                            : String.join(", ", script.agents().keySet()))
                    + ". Add 'agents: " + agent + ":' to it");
        }
        int turn = (int) request.messages().stream()
                .filter(Message.Assistant.class::isInstance)
                .count();
        if (turn >= replies.size()) {
            throw bad("script '" + script.source() + "' has " + replies.size() + " replies for agent '" + agent
                    + "' and was asked for reply " + (turn + 1) + "; add one, or end the script with a final 'say:'");
        }
        return reply(agent, turn, replies, captured(agent, replies, request.messages()));
    }

    private ModelReply reply(String agent, int turn, List<Script.Reply> replies, Map<String, String> variables) {
        Script.Reply next = replies.get(turn);
        var place = new Place(agent, turn + 1);
        var calls = new ArrayList<ToolCall>();
        for (Script.Call call : next.calls()) {
            String id = "call-" + (turn + 1) + "-" + (calls.size() + 1);
            calls.add(new ToolCall(id, call.tool(), Json.of(filled(call.arguments(), variables, place))));
        }
        String say = ((String) filled(next.say(), variables, place)).strip();
        return new ModelReply(
                new Message.Assistant(say, calls, Map.of()),
                next.usage().orElse(script.usage()),
                calls.isEmpty() ? ModelReply.Finish.STOP : ModelReply.Finish.TOOL_CALLS);
    }

    /** Where in a script, for messages. */
    private record Place(String agent, int turn) {
        @Override
        public String toString() {
            return "reply " + turn + " of agent '" + agent + "'";
        }
    }

    /** The variables that the replies so far have captured from the results of their calls. */
    private Map<String, String> captured(String agent, List<Script.Reply> replies, List<Message> messages) {
        var variables = new LinkedHashMap<String, String>();
        int turn = 0;
        var outputs = new ArrayList<String>();
        for (Message message : messages) {
            if (message instanceof Message.Assistant) {
                capture(
                        new Place(agent, turn),
                        turn == 0 ? Map.of() : replies.get(turn - 1).captures(),
                        outputs,
                        variables);
                outputs.clear();
                turn++;
            } else if (message instanceof Message.ToolOutput output) {
                outputs.add(output.text());
            }
        }
        capture(
                new Place(agent, turn),
                turn == 0 ? Map.of() : replies.get(turn - 1).captures(),
                outputs,
                variables);
        return variables;
    }

    private void capture(
            Place place, Map<String, Pattern> captures, List<String> outputs, Map<String, String> variables) {
        String results = String.join("\n", outputs);
        captures.forEach((name, pattern) -> {
            Matcher matcher = pattern.matcher(results);
            if (!matcher.find()) {
                throw bad(place + " in script '" + script.source() + "' captures '" + name + "' with the pattern "
                        + pattern + ", which is not in the result of its calls: "
                        + (results.length() <= 300 ? results : results.substring(0, 300) + "…"));
            }
            variables.put(name, matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
        });
    }

    private Object filled(Object value, Map<String, String> variables, Place place) {
        return switch (value) {
            case String text -> filledText(text, variables, place);
            case List<?> list ->
                list.stream().map(each -> filled(each, variables, place)).toList();
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> filled(entry.getValue(), variables, place),
                                (first, second) -> second,
                                LinkedHashMap::new));
            default -> value;
        };
    }

    /** Puts variables in place of {@code ${name}}; {@code $${} stands for <code>${</code> itself. */
    private String filledText(String text, Map<String, String> variables, Place place) {
        var filled = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            int close = text.indexOf('}', at);
            if (at > from && text.charAt(at - 1) == '$') {
                filled.append(text, from, at - 1).append("${");
                from = at + 2;
            } else if (close < 0) {
                break;
            } else {
                String name = text.substring(at + 2, close);
                String value = variables.get(name);
                if (value == null) {
                    throw bad(place + " in script '" + script.source() + "' uses ${" + name
                            + "}, which nothing before it has captured; captured so far: "
                            + (variables.isEmpty() ? "nothing" : String.join(", ", variables.keySet())));
                }
                filled.append(text, from, at).append(value);
                from = close + 1;
            }
        }
        return filled.append(text.substring(from)).toString();
    }

    private static ModelException bad(String message) {
        return new ModelException(ModelException.Kind.BAD_REQUEST, message);
    }
}
