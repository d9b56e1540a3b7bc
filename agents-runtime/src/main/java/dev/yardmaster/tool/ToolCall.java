package dev.yardmaster.tool;

import dev.yardmaster.event.Json;

/**
 * A model's wish to use a tool.
 *
 * @param id what the model's provider called it; unique within a reply at best
 * @param name the tool's name as the model wrote it
 * @param arguments the arguments as the model wrote them; not checked yet
 */
public record ToolCall(String id, String name, Json arguments) {}
