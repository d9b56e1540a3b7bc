package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * What an agent's answer has to be: JSON of a type. Providers and models want an object at the root, so a type that is
 * none is asked for as the only property, {@code answer}, of one.
 *
 * @param target where the answer goes, for messages
 */
record AnswerForm(String target, Type type, JsonNode schema, boolean wrapped) {

    private static final String PROPERTY = "answer";
    private static final int SHOWN_PROBLEMS = 10;

    static AnswerForm of(Channel<?> channel) {
        JsonNode schema = TypeSchema.of(channel.type());
        boolean object = schema.path("type").asText().equals("object") || schema.has("anyOf") || schema.has("$ref");
        return new AnswerForm(
                channel + " (" + channel.type().getTypeName() + ")",
                channel.type(),
                object ? schema : TypeSchema.wrapped(PROPERTY, schema),
                !object);
    }

    /** What the agent is told from the start. */
    String instructions() {
        return "When you are done, your final answer is one JSON object and nothing else: no words around it. It is read by a"
                + " program and has to fit this JSON schema:\n\n" + schema;
    }

    /** What the agent is asked when its checklist is through. */
    String question() {
        return "Now give your final answer. " + instructions();
    }

    /** What the agent is asked when its answer did not fit. */
    String again(String problem) {
        return "Your answer cannot be used: " + problem + "\n\nGive the whole answer again. " + instructions();
    }

    AnswerCheck check(String words) {
        Optional<Json> found = JsonInText.find(words);
        if (found.isEmpty()) {
            return AnswerCheck.unfit(JsonInText.whyNone(words));
        }
        JsonNode node = found.get().as(JsonNode.class);
        boolean bare = wrapped && !node.has(PROPERTY);
        JsonNode expected = bare ? schema.at("/properties/" + PROPERTY) : schema;
        List<String> problems = new SchemaCheck(schema).problems(expected, node);
        if (!problems.isEmpty()) {
            return AnswerCheck.unfit(shown(problems));
        }
        Json answer = Json.parse((wrapped && !bare ? node.get(PROPERTY) : node).toString());
        try {
            answer.as(type);
            return AnswerCheck.fits(answer);
        } catch (InvalidJsonException e) {
            return AnswerCheck.unfit(e.getMessage()); // what the type's own constructor refuses
        }
    }

    private static String shown(List<String> problems) {
        String listed = "\n- " + String.join("\n- ", problems.subList(0, Math.min(SHOWN_PROBLEMS, problems.size())));
        return problems.size() <= SHOWN_PROBLEMS
                ? listed
                : listed + "\n- and " + (problems.size() - SHOWN_PROBLEMS) + " more";
    }
}
