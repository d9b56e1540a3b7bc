package dev.yardmaster.agent;

import dev.yardmaster.model.Message;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.Part;

/** About how many tokens a request has: a quarter of its characters. What it really was is told with the reply. */
final class RoughSize {

    private static final int CHARACTERS_A_TOKEN = 4;

    private RoughSize() {}

    static long tokens(ModelRequest request) {
        long characters = request.tools().stream()
                .mapToLong(tool ->
                        tool.description().length() + tool.parameters().text().length())
                .sum();
        for (Message message : request.messages()) {
            characters += characters(message);
        }
        return characters / CHARACTERS_A_TOKEN;
    }

    private static long characters(Message message) {
        return switch (message) {
            case Message.System system -> system.text().length();
            case Message.User user ->
                user.parts().stream()
                        .mapToLong(part ->
                                part instanceof Part.Text text ? text.text().length() : 0)
                        .sum();
            case Message.Assistant assistant ->
                assistant.text().length()
                        + assistant.calls().stream()
                                .mapToLong(call -> call.arguments().text().length())
                                .sum();
            case Message.ToolOutput output -> output.text().length();
            case Message.Summary summary -> summary.text().length();
        };
    }
}
