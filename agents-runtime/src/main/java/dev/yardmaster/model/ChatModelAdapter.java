package dev.yardmaster.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Locale;
import java.util.Optional;

/**
 * A langchain4j model behind {@link Model}: translates messages both ways and sorts what goes wrong. Turn the model's
 * own retries off ({@code maxRetries(0)}): the runtime retries, and it knows which failures a wait can cure. Thread-safe
 * when the model is.
 *
 * <p>What a provider does differently reaches the runtime in one form:
 *
 * <ul>
 *   <li>Arguments of a call that are no JSON object arrive as a JSON string of what the model wrote, so that it can be
 *       told. They go back to it as {@code {"malformed_arguments": "…"}}.
 *   <li>A reply that was cut off, at its token limit or by a content filter, loses its tool calls: half a call is never
 *       run. Its {@link ModelReply#finish} says what happened.
 *   <li>Ids of calls that are missing, or were used before in the transcript, are replaced.
 *   <li>Keys are taken out of the texts of exceptions.
 * </ul>
 */
public final class ChatModelAdapter implements Model {

    private final String name;
    private final ChatModel model;

    /** @param name the model's full name, for people and meters: {@code openai:gpt-…} */
    public ChatModelAdapter(String name, ChatModel model) {
        this.name = name;
        this.model = model;
    }

    /** The adapter of a model, named after what the model says of itself. */
    public static ChatModelAdapter of(ChatModel model) {
        String provider = Optional.ofNullable(model.provider()).map(Enum::name).orElse("OTHER");
        String name = Optional.ofNullable(model.defaultRequestParameters())
                .flatMap(parameters -> Optional.ofNullable(parameters.modelName()))
                .orElse(model.getClass().getSimpleName());
        return new ChatModelAdapter(provider.replace("_", "").toLowerCase(Locale.ROOT) + ":" + name, model);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        ChatResponse response;
        try {
            response = model.chat(outgoing(request));
        } catch (RuntimeException e) {
            throw ModelFaults.of(name, e);
        }
        if (response == null || response.aiMessage() == null) {
            throw new ModelException(
                    ModelException.Kind.TRANSIENT, "model '" + name + "' gave an empty reply; try again");
        }
        return IncomingReply.of(response, request);
    }

    private ChatRequest outgoing(ModelRequest request) {
        try {
            return OutgoingRequest.of(request);
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    ModelException.Kind.BAD_REQUEST,
                    "the request of agent '" + request.agent() + "' to model '" + name + "' cannot be sent: "
                            + e.getMessage(),
                    e);
        }
    }
}
