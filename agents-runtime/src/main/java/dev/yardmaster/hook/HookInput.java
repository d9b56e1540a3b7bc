package dev.yardmaster.hook;

import dev.yardmaster.event.Json;
import java.nio.file.Path;

/**
 * What a hook is told.
 *
 * @param json the object that commands read on their standard input: {@code session_id}, {@code cwd}, {@code hook_event_name} and
 *     what belongs to the event; see docs/hooks.md
 * @param folder the workspace's root, in which commands run
 */
public record HookInput(HookEvent event, Json json, Path folder) {}
