package dev.yardmaster.tool;

import dev.yardmaster.event.Json;
import org.jspecify.annotations.Nullable;

/**
 * A model's wish to use a tool.
 *
 * @param id what the model's provider called it; unique within a reply at best
 * @param name the tool's name as the model wrote it
 * @param arguments the arguments as the model wrote them; not checked yet
 */
public record ToolCall(String id, String name, Json arguments) {

    @Override
    public boolean equals(
            @Nullable Object other) { // spelled out: each call is compared with itself, the first one, too
        return this == other
                || other instanceof ToolCall that
                        && id.equals(that.id)
                        && name.equals(that.name)
                        && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return (id.hashCode() * 31 + name.hashCode()) * 31 + arguments.hashCode();
    }
}
