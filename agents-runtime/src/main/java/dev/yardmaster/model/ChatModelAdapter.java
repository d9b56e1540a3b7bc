package dev.yardmaster.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.yardmaster.event.Usage;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
 *   <li>An answer of no words and no calls to a user's message is an exception that may be tried again.
 *   <li>Ids of calls that are missing, or were used before in the transcript, are replaced.
 *   <li>Keys are taken out of the texts of exceptions.
 *   <li>A streamed reply is whole or it is an exception that may be tried again: one that falls silent, is cut, or calls
 *       back twice never counts as an answer.
 * </ul>
 */
public final class ChatModelAdapter implements Model {

    private final String name;
    private final ChatModel model;
    private final @Nullable StreamingChatModel streaming;
    private final Deadlines deadlines;
    private final Function<TokenUsage, Usage> counting;
    private final @Nullable Window window;
    private final Predicate<String> sight;
    private final Supplier<Optional<String>> glance;

    /** @param name the model's full name, for people and meters: {@code openai:gpt-…} */
    public ChatModelAdapter(String name, ChatModel model) {
        this(name, model, null, Deadlines.defaults(), IncomingReply::counted, null, type -> true, Optional::empty);
    }

    /**
     * One that can stream.
     *
     * @param streaming the same model, for replies that are handed on while they come
     * @param deadlines when a streamed reply counts as lost; the other ones have those of {@code model}
     */
    public ChatModelAdapter(String name, ChatModel model, StreamingChatModel streaming, Deadlines deadlines) {
        this(name, model, streaming, deadlines, IncomingReply::counted, null, type -> true, Optional::empty);
    }

    private ChatModelAdapter(
            String name,
            ChatModel model,
            @Nullable StreamingChatModel streaming,
            Deadlines deadlines,
            Function<TokenUsage, Usage> counting,
            @Nullable Window window,
            Predicate<String> sight,
            Supplier<Optional<String>> glance) {
        this.name = name;
        this.model = model;
        this.streaming = streaming;
        this.deadlines = deadlines;
        this.counting = counting;
        this.window = window;
        this.sight = sight;
        this.glance = glance;
    }

    /** The same, which reads a provider's counts of tokens like this: the cached ones among them have no common form. */
    public ChatModelAdapter counting(Function<TokenUsage, Usage> own) {
        return new ChatModelAdapter(name, model, streaming, deadlines, own, window, sight, glance);
    }

    /** The same, which knows how much it can take at once. */
    public ChatModelAdapter within(Window own) {
        return new ChatModelAdapter(name, model, streaming, deadlines, counting, own, sight, glance);
    }

    /** The same, which knows what it can be shown ({@link Model#takes}). */
    public ChatModelAdapter seeing(Predicate<String> mediaTypes) {
        return new ChatModelAdapter(name, model, streaming, deadlines, counting, window, mediaTypes, glance);
    }

    /** The same, which looks like this whether it is there ({@link Model#absence}). */
    public ChatModelAdapter glancing(Supplier<Optional<String>> absence) {
        return new ChatModelAdapter(name, model, streaming, deadlines, counting, window, sight, absence);
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
    public Optional<Window> window() {
        return Optional.ofNullable(window);
    }

    @Override
    public boolean takes(String mediaType) {
        return sight.test(mediaType);
    }

    @Override
    public Optional<String> absence() {
        return glance.get();
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
        return said(IncomingReply.of(response, request, counting), request);
    }

    @Override
    public ModelReply reply(ModelRequest request, Consumer<String> words) {
        if (streaming == null) {
            return reply(request);
        }
        ChatRequest outgoing = outgoing(request);
        try {
            ChatResponse response = new StreamedReply(name, deadlines, words).of(streaming, outgoing);
            return said(IncomingReply.of(response, request, counting), request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException(
                    ModelException.Kind.TRANSIENT, "the call of model '" + name + "' was interrupted", e);
        } catch (RuntimeException e) {
            throw ModelFaults.of(name, e);
        }
    }

    /** A question that is answered with nothing is asked again; after tool results, nothing may be all there is to say. */
    private ModelReply said(ModelReply reply, ModelRequest request) {
        boolean nothing = reply.finish() == ModelReply.Finish.STOP
                && reply.message().text().isBlank()
                && reply.message().calls().isEmpty();
        if (nothing && request.messages().getLast() instanceof Message.User) {
            throw new ModelException(
                    ModelException.Kind.TRANSIENT, "model '" + name + "' gave an empty reply; try again");
        }
        return reply;
    }

    private ChatRequest outgoing(ModelRequest request) {
        try {
            return OutgoingRequest.of(request, OutgoingRequest.Client.of(model.provider()));
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    ModelException.Kind.BAD_REQUEST,
                    "the request of agent '" + request.agent() + "' to model '" + name + "' cannot be sent: "
                            + e.getMessage(),
                    e);
        }
    }
}
