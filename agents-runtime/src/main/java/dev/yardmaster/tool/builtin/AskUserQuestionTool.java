package dev.yardmaster.tool.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Question;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the person questions of the agent's own. They are questions of the run: they wait over restarts. */
final class AskUserQuestionTool implements Tool {

    /** What is answered when nothing fits; also what the end of input is taken for. */
    private static final String NONE = "none of these";

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["questions"], "properties": {
              "questions": {"type": "array", "minItems": 1, "maxItems": 4, "items": {
               "type": "object", "additionalProperties": false, "required": ["question", "options"], "properties": {
                "question": {"type": "string", "description": "The whole question"},
                "header": {"type": "string", "maxLength": 12, "description": "It in a word"},
                "options": {"type": "array", "minItems": 2, "maxItems": 4, "items": {
                 "type": "object", "additionalProperties": false, "required": ["label"], "properties": {
                  "label": {"type": "string", "description": "One to five words"},
                  "description": {"type": "string", "description": "What it would mean"},
                  "preview": {"type": "string", "description": "Has no effect here"}}}},
                "multiSelect": {"type": "boolean", "description": "Whether several may be chosen"}}}},
              "answers": {"type": "object", "description": "Has no effect here"},
              "annotations": {"type": "object", "description": "Has no effect here"},
              "metadata": {"type": "object", "description": "Has no effect here"}}}
            """);

    @Override
    public String name() {
        return "AskUserQuestion";
    }

    @Override
    public String description() {
        return "Asks the person who gave the task, with options to choose from. Use it where the task leaves open what only they"
                + " can decide; find out the rest yourself. The answer may take long.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.READ_ONLY;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        Arguments.of(this, call);
        return List.of(new Access.Own());
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws InterruptedException {
        var answers = new ArrayList<String>();
        for (JsonNode question :
                Arguments.of(this, call).find("questions").orElseThrow().as(JsonNode.class)) {
            Answer answer = context.liaison().ask(asked(question));
            answers.add(question.path("question").asText() + " → "
                    + (answer.choice().isBlank() ? "(no answer)" : answer.choice())
                    + (answer.reason().isBlank() ? "" : " (" + answer.reason() + ")"));
        }
        return new ToolResult.Text("The person answered:\n" + String.join("\n", answers));
    }

    private static Question asked(JsonNode question) {
        var choices = new ArrayList<String>();
        var meanings = new ArrayList<String>();
        for (JsonNode option : question.path("options")) {
            String label = option.path("label").asText();
            choices.add(label);
            String meaning = option.path("description").asText();
            if (!meaning.isBlank()) {
                meanings.add(label + ": " + meaning);
            }
        }
        choices.add(NONE);
        boolean several = question.path("multiSelect").asBoolean();
        String text =
                question.path("question").asText() + (several ? "\nOne or more of: " + String.join(", ", choices) : "");
        return new Question(
                text,
                several ? List.of() : choices,
                meanings.isEmpty() ? Map.of() : Map.of("text", String.join("\n", meanings)));
    }
}
