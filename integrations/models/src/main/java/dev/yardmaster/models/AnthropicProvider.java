package dev.yardmaster.models;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.yardmaster.model.ChatModelAdapter;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelProvider;
import java.util.Map;
import java.util.Optional;

/**
 * Anthropic's models: {@code anthropic:claude-…}. The key is in {@code ANTHROPIC_API_KEY}; {@code ANTHROPIC_BASE_URL}
 * names another address. Thinking and its signatures go back with the messages they came with.
 */
public final class AnthropicProvider implements ModelProvider {

    private static final String KEY = "ANTHROPIC_API_KEY";

    /** The API wants a limit with each request; langchain4j's 1024 would cut most work. */
    private static final int MAX_OUTPUT_TOKENS = 32_000;

    private static final String URL = "ANTHROPIC_BASE_URL";

    private final Deadlines deadlines;

    /** For the {@link java.util.ServiceLoader}. */
    public AnthropicProvider() {
        this(Deadlines.defaults());
    }

    AnthropicProvider(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public Optional<String> missing(Map<String, String> environment) {
        return Endpoint.value(environment, KEY).isPresent()
                ? Optional.empty()
                : Optional.of("the environment variable " + KEY);
    }

    @Override
    public Optional<String> preferred(Map<String, String> environment) {
        return Optional.of("claude-sonnet-5-5");
    }

    @Override
    public Map<String, String> aliases() {
        return Map.of(
                "fable", "claude-fable-5-1",
                "opus", "claude-opus-5-5",
                "sonnet", "claude-sonnet-5-5",
                "haiku", "claude-haiku-5-5");
    }

    @Override
    public Model open(String model, Map<String, String> environment) {
        String key = Endpoint.key(environment, KEY).orElse("");
        Endpoint endpoint = Endpoint.of(URL, "https://api.anthropic.com", environment);
        String url = endpoint.with("/v1") + "/";
        var http = new StrictHttpBuilder(WireFormat.ANTHROPIC, deadlines);
        return new ChatModelAdapter(
                        endpoint.named(name(), model),
                        AnthropicChatModel.builder()
                                .httpClientBuilder(http)
                                .baseUrl(url)
                                .apiKey(key)
                                .modelName(model)
                                .maxTokens(MAX_OUTPUT_TOKENS)
                                .returnThinking(true)
                                .sendThinking(true)
                                .maxRetries(0)
                                .build(),
                        AnthropicStreamingChatModel.builder()
                                .httpClientBuilder(http)
                                .baseUrl(url)
                                .apiKey(key)
                                .modelName(model)
                                .maxTokens(MAX_OUTPUT_TOKENS)
                                .returnThinking(true)
                                .sendThinking(true)
                                .build(),
                        deadlines)
                .counting(CachedTokens::usage)
                .glancing(() -> Nearby.absence(endpoint, URL));
    }
}
