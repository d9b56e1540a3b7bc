package dev.yardmaster.tool;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.Json;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What comes of Java code that a model calls, as results. */
final class ToolResults {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private ToolResults() {}

    static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name
                            + "' is no name for a tool; use up to 64 letters, digits, '_' and '-', as models' providers want it");
        }
        return name;
    }

    /** @throws InterruptedException when the code was interrupted: the run was cancelled */
    static ToolResult of(Callable<? extends @Nullable Object> code) throws InterruptedException {
        try {
            return text(code.call());
        } catch (InterruptedException | InvalidArgumentsException e) {
            throw e;
        } catch (Exception e) {
            return new ToolResult.Failed(FileTrouble.told(e));
        }
    }

    private static ToolResult text(@Nullable Object value) {
        return switch (value) {
            case null -> new ToolResult.Text("(done)");
            case ToolResult result -> result;
            case CharSequence text -> new ToolResult.Text(text.toString());
            default -> new ToolResult.Text(Json.of(value).text());
        };
    }
}
