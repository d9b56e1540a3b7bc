package dev.yardmaster.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.yardmaster.context.Room;
import dev.yardmaster.knowledge.Handout;
import java.util.List;
import java.util.Optional;

/**
 * Who works: recorded when an agent starts, so that a run says what it was made with.
 *
 * @param agent the definition's name
 * @param source where the definition was read from
 * @param sha256 of the definition's file
 * @param model the model's full name
 * @param scripted whether the model's replies come from a file
 * @param color the definition's colour for display
 * @param tools the tools it has here, in order
 * @param missing tools its file names that it does not have here: unknown, or not available
 * @param mode the permission mode it works in
 * @param workspace the folder that its tools may touch, as it is told
 * @param takenAway tools that rules deny as a whole, so that its model is not told of them: {@code Bash (deny Bash, FILE)}
 * @param hooks what its work is hooked at; those that come later do not take part in it
 * @param handed what it was handed besides its task
 * @param room what of its conversation fits its model; empty for a script, which has no window
 */
public record AgentProfile(
        String agent,
        String source,
        String sha256,
        String model,
        boolean scripted,
        Optional<String> color,
        List<String> tools,
        List<String> missing,
        String mode,
        String workspace,
        List<String> takenAway,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Hooked> hooks,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Handout> handed,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Room> room) {

    /** A point at which hooks are asked. @param event such as {@code PostToolUse} @param matcher whom it concerns */
    public record Hooked(String event, String matcher) {}

    public AgentProfile {
        handed = handed == null ? List.of() : List.copyOf(handed);
        hooks = hooks == null ? List.of() : List.copyOf(hooks);
        workspace = workspace == null ? "" : workspace; // profiles of the first versions have none
        takenAway = takenAway == null ? List.of() : List.copyOf(takenAway); // nor this
        room = room == null ? Optional.empty() : room;
        tools = List.copyOf(tools);
        missing = List.copyOf(missing);
    }

    AgentProfile withHanded(List<Handout> all) {
        return new AgentProfile(
                agent, source, sha256, model, scripted, color, tools, missing, mode, workspace, takenAway, hooks, all,
                room);
    }

    /** The provider of its model, as OpenTelemetry names it. */
    public String provider() {
        return provider(model);
    }

    static String provider(String model) {
        String name = model.contains(":") ? model.substring(0, model.indexOf(':')) : model;
        return name.equals("gemini") ? "gcp.gemini" : name;
    }
}
