package dev.yardmaster.agent;

import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON in a reply that may wrap it in a code fence or in sentences. */
final class JsonInText {

    private static final Pattern FENCED = Pattern.compile("(?s)```[A-Za-z]*\\s*\\n(.*?)```");

    private JsonInText() {}

    /** The whole text, or the last fenced block that is JSON, or what lies between the outermost braces or brackets. */
    static Optional<Json> find(String text) {
        return candidates(text).stream().flatMap(each -> parsed(each).stream()).findFirst();
    }

    static String whyNone(String text) {
        try {
            Json.parse(between(text, '{', '}').orElse(text));
            return "it holds no JSON";
        } catch (InvalidJsonException e) {
            return "it is " + e.getMessage();
        }
    }

    private static List<String> candidates(String text) {
        var candidates = new ArrayList<String>();
        candidates.add(text);
        var fenced = new ArrayList<String>();
        Matcher matcher = FENCED.matcher(text);
        while (matcher.find()) {
            fenced.add(matcher.group(1));
        }
        candidates.addAll(fenced.reversed());
        between(text, '{', '}').ifPresent(candidates::add);
        between(text, '[', ']').ifPresent(candidates::add);
        return candidates;
    }

    private static Optional<String> between(String text, char open, char close) {
        int from = text.indexOf(open);
        int to = text.lastIndexOf(close);
        return from < 0 || to < from ? Optional.empty() : Optional.of(text.substring(from, to + 1));
    }

    private static Optional<Json> parsed(String text) {
        try {
            Json json = text.isBlank() ? Json.none() : Json.parse(text.strip());
            return json.isNull() ? Optional.empty() : Optional.of(json);
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }
}
