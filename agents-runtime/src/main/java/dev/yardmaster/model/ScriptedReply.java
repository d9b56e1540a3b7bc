package dev.yardmaster.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.yardmaster.event.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One reply of a {@link ScriptedModel} written in Java. Immutable; says the same as a reply in a script file. */
public final class ScriptedReply {

    private final Script.Reply reply;

    private ScriptedReply(Script.Reply reply) {
        this.reply = reply;
    }

    /** A reply that says this. <code>${name}</code> in it stands for what an earlier reply captured. */
    public static ScriptedReply say(String text) {
        return new ScriptedReply(new Script.Reply(text, List.of(), Map.of(), Optional.empty()));
    }

    /** A reply that calls a tool. @param arguments strings, numbers, booleans, lists and maps */
    public static ScriptedReply call(String tool, Map<String, ?> arguments) {
        return say("").andCall(tool, arguments);
    }

    /** The same reply with one more call, behind those it has. */
    public ScriptedReply andCall(String tool, Map<String, ?> arguments) {
        var calls = new ArrayList<>(reply.calls());
        calls.add(new Script.Call(tool, new LinkedHashMap<>(arguments)));
        return new ScriptedReply(new Script.Reply(reply.say(), calls, reply.captures(), reply.usage()));
    }

    /**
     * The same reply, remembering something from the results of its calls.
     *
     * @param variable letters, digits and {@code _}
     * @param regex in <a href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</a>; the first group counts, or
     *     the whole match
     * @throws IllegalArgumentException when one of them is not that, or the reply calls nothing
     */
    public ScriptedReply capture(String variable, String regex) {
        if (!Placeholders.isName(variable)) {
            throw new IllegalArgumentException(
                    "'" + variable + "' cannot be the name of a variable; use letters, digits and _");
        }
        if (reply.calls().isEmpty()) {
            throw new IllegalArgumentException(
                    "a capture of '" + variable + "' reads a call's result, but this reply calls nothing");
        }
        var captures = new LinkedHashMap<>(reply.captures());
        try {
            captures.put(variable, Pattern.compile(regex, Pattern.MULTILINE));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the pattern of '" + variable + "' is not a regular expression: " + e.getDescription(), e);
        }
        return new ScriptedReply(new Script.Reply(reply.say(), reply.calls(), captures, reply.usage()));
    }

    /** The same reply with token counts of its own. */
    public ScriptedReply usage(long input, long output) {
        return new ScriptedReply(
                new Script.Reply(reply.say(), reply.calls(), reply.captures(), Optional.of(new Usage(input, output))));
    }

    Script.Reply reply() {
        return reply;
    }
}
