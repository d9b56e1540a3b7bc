package dev.yardmaster.hook;

import dev.yardmaster.event.Json;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a hook is told.
 *
 * @param json the object that commands read on their standard input: {@code session_id}, {@code cwd}, {@code hook_event_name} and
 *     what belongs to the event; see docs/hooks.md
 * @param folder the workspace's root, in which commands run
 * @param variables that commands get besides
 * @param judge who answers a question for it
 */
public record HookInput(HookEvent event, Json json, Path folder, Map<String, String> variables, HookJudge judge) {

    public HookInput {
        variables = Map.copyOf(variables);
    }

    /** One for whom nobody answers questions. */
    public HookInput(HookEvent event, Json json, Path folder) {
        this(event, json, folder, Map.of(), HookJudge.none());
    }
}
