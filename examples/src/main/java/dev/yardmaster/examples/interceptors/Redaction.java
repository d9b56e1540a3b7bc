package dev.yardmaster.examples.interceptors;

import dev.yardmaster.agent.Interceptor;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.regex.Pattern;

/** Takes the values of settings that look like secrets out of what tools show. */
final class Redaction implements Interceptor {

    private static final Pattern SECRET =
            Pattern.compile("(?i)(\\w*(?:password|secret|token|api_?key)\\w*\\s*[=:]\\s*)(\"[^\"]*\"|\\S+)");

    @Override
    public ToolResult aroundCall(ToolCall call, NextCall next) throws Exception {
        return switch (next.proceed(call)) {
            case ToolResult.Text text -> text.withText(hidden(text.text()));
            case ToolResult.Failed failed -> new ToolResult.Failed(hidden(failed.why()));
            case ToolResult.Rejected rejected -> rejected;
            case ToolResult.InDoubt unknown -> unknown;
        };
    }

    private static String hidden(String text) {
        return SECRET.matcher(text).replaceAll("$1[hidden]");
    }
}
