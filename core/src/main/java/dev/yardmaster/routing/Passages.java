package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The texts of an agent that are embedded: name and description together, then the body in passages of about a hundred
 * words, which is what small embedding models are made for. A passage begins at a heading where it can; code is left out.
 */
final class Passages {

    /** Goes into the key of cached vectors: a change of the rules here makes another number of it. */
    static final int RULES = 1;

    private static final int WORDS = 100;
    private static final int MOST = 24;
    private static final Pattern ITEM = Pattern.compile("^(?:[-*+•]|\\d+\\.)\\s+");
    private static final Pattern MARKS = Pattern.compile("\\*\\*|`");
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    private final List<String> passages = new ArrayList<>();
    private final List<String> current = new ArrayList<>();

    private Passages() {}

    /** Name and description first. */
    static List<String> of(AgentDefinition agent) {
        var all = new ArrayList<String>();
        all.add(headline(agent));
        var body = new Passages();
        body.read(agent.prompt());
        body.passages.stream().limit(MOST).forEach(all::add);
        return List.copyOf(all);
    }

    private static String headline(AgentDefinition agent) {
        return SEPARATORS.matcher(agent.name()).replaceAll(" ") + ": "
                + agent.withoutExamples().description().strip();
    }

    private void read(String body) {
        boolean code = false;
        for (String line : body.lines().map(String::strip).toList()) {
            if (line.startsWith("```")) {
                code = !code;
            } else if (!code && !line.isEmpty()) {
                add(line);
            }
        }
        end();
    }

    private void add(String line) {
        if (line.startsWith("#")) {
            if (current.size() >= WORDS * 3 / 10) {
                end();
            }
            current.addAll(List.of((line.replaceFirst("^#+\\s*", "") + ".").split("\\s+")));
            return;
        }
        String text = MARKS.matcher(ITEM.matcher(line).replaceFirst("")).replaceAll("");
        List<String> words = List.of(text.split("\\s+"));
        if (!current.isEmpty() && current.size() + words.size() > WORDS) {
            end();
        }
        for (String word : words) {
            current.add(word);
            if (current.size() >= WORDS + WORDS / 2) {
                end();
            }
        }
    }

    private void end() {
        if (!current.isEmpty()) {
            passages.add(String.join(" ", current));
            current.clear();
        }
    }
}
