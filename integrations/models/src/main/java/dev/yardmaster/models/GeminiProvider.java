package dev.yardmaster.models;

import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.yardmaster.model.ChatModelAdapter;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelProvider;
import java.util.Map;
import java.util.Optional;

/**
 * Google's models by the Gemini API: {@code gemini:gemini-…}. The key is in {@code GEMINI_API_KEY} or
 * {@code GOOGLE_API_KEY}; {@code GOOGLE_GEMINI_BASE_URL} names another address. Thought signatures go back with the
 * messages they came with.
 */
public final class GeminiProvider implements ModelProvider {

    private static final String KEY = "GEMINI_API_KEY";
    private static final String OTHER_KEY = "GOOGLE_API_KEY";

    private static final String URL = "GOOGLE_GEMINI_BASE_URL";

    private final Deadlines deadlines;

    /** For the {@link java.util.ServiceLoader}. */
    public GeminiProvider() {
        this(Deadlines.defaults());
    }

    GeminiProvider(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public Optional<String> missing(Map<String, String> environment) {
        boolean ready = Endpoint.value(environment, KEY)
                .or(() -> Endpoint.value(environment, OTHER_KEY))
                .isPresent();
        return ready ? Optional.empty() : Optional.of("the environment variable " + KEY + " or " + OTHER_KEY);
    }

    @Override
    public Optional<String> preferred(Map<String, String> environment) {
        return Optional.of("gemini-3.8-flash");
    }

    @Override
    public Map<String, String> aliases() {
        return Map.of(
                "fable", "gemini-3.1-pro-preview",
                "opus", "gemini-3.1-pro-preview",
                "sonnet", "gemini-3.8-flash",
                "haiku", "gemini-3.5-flash-lite");
    }

    @Override
    public Model open(String model, Map<String, String> environment) {
        String key = Endpoint.key(environment, KEY, OTHER_KEY).orElse("");
        Endpoint endpoint = Endpoint.of(URL, "https://generativelanguage.googleapis.com", environment);
        String url = endpoint.with("/v1beta");
        var http = new StrictHttpBuilder(WireFormat.GEMINI, deadlines);
        return new ChatModelAdapter(
                        endpoint.named(name(), model),
                        GoogleAiGeminiChatModel.builder()
                                .httpClientBuilder(http)
                                .baseUrl(url)
                                .apiKey(key)
                                .modelName(model)
                                .returnThinking(true)
                                .sendThinking(true)
                                .maxRetries(0)
                                .build(),
                        GoogleAiGeminiStreamingChatModel.builder()
                                .httpClientBuilder(http)
                                .baseUrl(url)
                                .apiKey(key)
                                .modelName(model)
                                .returnThinking(true)
                                .sendThinking(true)
                                .build(),
                        deadlines)
                .counting(CachedTokens::usage)
                .glancing(() -> Nearby.absence(endpoint, URL));
    }
}
