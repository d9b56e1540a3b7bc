package dev.yardmaster.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.permission.Decision.Behavior;
import java.util.Optional;

/** Reads what a command printed that ended well. What begins with a brace is JSON; else it is a text, which few events want. */
final class PrintedAnswer {

    private static final int LONGEST = 10_000;
    private static final String SPECIFIC = "hookSpecificOutput";

    private final HookEvent event;
    private final JsonNode whole;
    private final JsonNode specific;

    private PrintedAnswer(HookEvent event, JsonNode whole) {
        this.event = event;
        this.whole = whole;
        this.specific = whole.path(SPECIFIC);
    }

    static HookAnswer of(HookEvent event, String printed) {
        String text = printed.strip();
        if (!text.startsWith("{")) {
            return event.takesText() ? HookAnswer.none().withContext(bounded(text)) : HookAnswer.none();
        }
        try {
            return new PrintedAnswer(event, Json.parse(text).as(JsonNode.class)).answer();
        } catch (InvalidJsonException e) {
            return HookAnswer.failed("what it printed begins with '{' and is no JSON: " + e.getMessage());
        }
    }

    static String bounded(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "\n[cut off after " + LONGEST + " of " + text.length() + " characters]";
    }

    private HookAnswer answer() {
        String named = specific.path("hookEventName").asText(event.spelling());
        if (!named.equals(event.spelling())) {
            return HookAnswer.failed("it answers for " + named + ", and was asked at " + event.spelling());
        }
        JsonNode input = specific.has("updatedInput")
                ? specific.path("updatedInput")
                : decided().path("updatedInput");
        if (!input.isMissingNode() && !input.isNull() && !input.isObject()) {
            return HookAnswer.failed("its updatedInput is no object");
        }
        String said = said();
        Optional<Behavior> behavior = behavior(said);
        if (behavior.isEmpty() && !said.isEmpty()) {
            return HookAnswer.failed("it decides '" + said + "', which is none of allow, deny, ask, defer, block");
        }
        String reason = specific.path("permissionDecisionReason")
                .asText(whole.path("reason").asText(decided().path("message").asText("")));
        return new HookAnswer(
                behavior,
                bounded(reason),
                input.isObject() ? Optional.of(Json.of(input)) : Optional.empty(),
                bounded(specific.path("additionalContext").asText("")),
                output(),
                stop(),
                bounded(whole.path("systemMessage").asText("")),
                "");
    }

    private String said() {
        return specific.path("permissionDecision")
                .asText(whole.path("decision").asText(decided().path("behavior").asText("")));
    }

    /** What was decided for a person who was to be asked. */
    private JsonNode decided() {
        return specific.path("decision");
    }

    private static Optional<Behavior> behavior(String said) {
        return switch (said) {
            case "deny", "block" -> Optional.of(Behavior.DENY);
            case "ask", "defer" -> Optional.of(Behavior.ASK); // nobody else is there to decide
            case "allow", "approve" -> Optional.of(Behavior.ALLOW);
            default -> Optional.empty();
        };
    }

    private Optional<String> output() {
        JsonNode output = specific.path("updatedToolOutput");
        if (output.isMissingNode() || output.isNull()) {
            return Optional.empty();
        }
        return Optional.of(bounded(output.isTextual() ? output.asText() : output.toString()));
    }

    private Optional<String> stop() {
        JsonNode goesOn = whole.path("continue");
        if (decided().path("interrupt").asBoolean()) {
            return Optional.of(bounded(decided().path("message").asText("a hook said so")));
        }
        return goesOn.isBoolean() && !goesOn.booleanValue()
                ? Optional.of(bounded(whole.path("stopReason").asText("a hook said so")))
                : Optional.empty();
    }
}
