package dev.yardmaster.models;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.yardmaster.model.ChatModelAdapter;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelProvider;
import java.util.Map;
import java.util.Optional;

/**
 * OpenAI's models, and those of any server that speaks its chat completions: {@code openai:gpt-…}. The key is in
 * {@code OPENAI_API_KEY}; {@code OPENAI_BASE_URL}, which ends in {@code /v1} for most servers, names another address, and
 * a key is not needed then. What a server sends as {@code reasoning_content} goes back to it.
 */
public final class OpenAiProvider implements ModelProvider {

    private static final String KEY = "OPENAI_API_KEY";
    private static final String URL = "OPENAI_BASE_URL";
    private static final String STANDARD = "https://api.openai.com/v1";

    private final Deadlines deadlines;

    /** For the {@link java.util.ServiceLoader}. */
    public OpenAiProvider() {
        this(Deadlines.defaults());
    }

    OpenAiProvider(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public Optional<String> missing(Map<String, String> environment) {
        boolean ready = Endpoint.value(environment, KEY).isPresent() || elsewhere(environment);
        return ready ? Optional.empty() : Optional.of("the environment variable " + KEY);
    }

    /** Nobody knows what another server calls its models. */
    @Override
    public Optional<String> preferred(Map<String, String> environment) {
        return elsewhere(environment) ? Optional.empty() : Optional.of("gpt-6.2-sol");
    }

    private static boolean elsewhere(Map<String, String> environment) {
        return Endpoint.value(environment, URL)
                .filter(url -> !url.startsWith(STANDARD))
                .isPresent();
    }

    @Override
    public Map<String, String> aliases() {
        return Map.of(
                "fable", "gpt-6.2-astra",
                "opus", "gpt-6.2-astra",
                "sonnet", "gpt-6.2-sol",
                "haiku", "gpt-6-luna");
    }

    @Override
    public Model open(String model, Map<String, String> environment) {
        String key = Endpoint.key(environment, KEY).orElse("none");
        Endpoint endpoint = Endpoint.of(URL, STANDARD, environment);
        var http = new StrictHttpBuilder(WireFormat.OPENAI, deadlines);
        return new ChatModelAdapter(
                        endpoint.named(name(), model),
                        OpenAiChatModel.builder()
                                .httpClientBuilder(http)
                                .baseUrl(endpoint.url().toString())
                                .apiKey(key)
                                .modelName(model)
                                .returnThinking(true)
                                .sendThinking(true)
                                .maxRetries(0)
                                .build(),
                        OpenAiStreamingChatModel.builder()
                                .httpClientBuilder(http)
                                .baseUrl(endpoint.url().toString())
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
