package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.tool.SchemaCheck;
import dev.yardmaster.tool.TypeSchema;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent's answer has to be: JSON of a type. Providers and models want an object at the root, so a type that is
 * none is asked for as the only property, {@code answer}, of one.
 *
 * @param target where the answer goes, for messages
 */
record AnswerForm(String target, Type type, Json schema, boolean wrapped) {

    private static final String PROPERTY = "answer";
    private static final int SHOWN_PROBLEMS = 10;

    static AnswerForm of(Channel<?> channel) {
        String target = channel + " (" + channel.type().getTypeName() + ")";
        return of(target, channel, TypeSchema.of(channel.type()));
    }

    /** An answer that fits a schema, which says more than the type does. */
    static AnswerForm of(Channel<?> channel, Json schema) {
        return of(channel.toString(), channel, schema);
    }

    private static AnswerForm of(String target, Channel<?> channel, Json schema) {
        JsonNode root = schema.as(JsonNode.class);
        boolean object = root.path("type").asText().equals("object") || root.has("anyOf") || root.has("$ref");
        return new AnswerForm(target, channel.type(), object ? schema : wrapped((ObjectNode) root), !object);
    }

    /** The schema of an object with this as its only property; definitions stay at its root. */
    private static Json wrapped(ObjectNode schema) {
        JsonNode definitions = schema.remove("$defs");
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("type", "object").put("additionalProperties", false);
        root.putObject("properties").set(PROPERTY, schema);
        root.putArray("required").add(PROPERTY);
        if (definitions != null) {
            root.set("$defs", definitions);
        }
        return Json.parse(root.toString());
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
        Json whole = bare ? Json.of(Map.of(PROPERTY, found.get())) : found.get();
        List<String> problems = new SchemaCheck(schema).problems(whole);
        if (!problems.isEmpty()) {
            return AnswerCheck.unfit(shown(problems));
        }
        Json answer = wrapped && !bare ? Json.parse(node.get(PROPERTY).toString()) : found.get();
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
