package dev.yardmaster.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.ChatModelAdapter;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Models on an Ollama server, the one of this machine unless {@code OLLAMA_HOST} names another, in any of the forms that
 * Ollama takes: {@code ollama:llama3.2}. No key. The window that is asked for is {@code OLLAMA_CONTEXT_LENGTH} tokens,
 * 32768 unless set: without one the server cuts long transcripts and does not say so. Before the first image the server
 * is asked whether the model can see; documents are told in words.
 */
public final class OllamaProvider implements ModelProvider {

    private static final String HOST = "OLLAMA_HOST";
    private static final String WINDOW = "OLLAMA_CONTEXT_LENGTH";
    private static final int WINDOW_TOKENS = 32_768;
    private static final int PORT = 11434;
    private static final int MOST_NAMED = 8;

    private static final Duration LOOK = Duration.ofMillis(900);
    private static final Deadlines GLANCE = new Deadlines(Duration.ofMillis(400), LOOK, LOOK, LOOK);

    private final Deadlines deadlines;

    /** For the {@link java.util.ServiceLoader}. */
    public OllamaProvider() {
        this(Deadlines.defaults().withFirstByte(Duration.ofMinutes(5))); // it may have to load the model first
    }

    OllamaProvider(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public Optional<String> missing(Map<String, String> environment) {
        return Optional.empty();
    }

    /** The first model that the server lists, which is the one that was last changed; empty when nobody answers. */
    @Override
    public Optional<String> preferred(Map<String, String> environment) {
        try {
            return listed(url(environment)).stream().findFirst();
        } catch (RuntimeException e) {
            return Optional.empty(); // nobody there, or somebody else
        }
    }

    /** The models that a server has; throws when it does not answer, or is none. */
    private static List<String> listed(String url) {
        var question = HttpRequest.builder()
                .method(HttpMethod.GET)
                .url(url + "/api/tags")
                .build();
        String answer = new StrictHttp(WireFormat.ANY, GLANCE).execute(question).body();
        JsonNode models = Json.parse(answer).as(JsonNode.class).path("models");
        return StreamSupport.stream(models.spliterator(), false)
                .map(model -> model.path("name").asText(""))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Why a model of it could not reply now. */
    private static Optional<String> absence(String url, String model) {
        String server = URI.create(url).getRawAuthority();
        List<String> models;
        try {
            models = listed(url);
        } catch (RuntimeException e) {
            return Optional.of("no Ollama server answers at " + server
                    + "; start it with 'ollama serve', or say where it is" + " with the environment variable " + HOST);
        }
        String tagged = model.contains(":") ? model : model + ":latest";
        if (models.contains(model) || models.contains(tagged)) {
            return Optional.empty();
        }
        if (models.isEmpty()) {
            return Optional.of(
                    "the Ollama server at " + server + " has no models; get one with 'ollama pull " + model + "'");
        }
        return Optional.of("the Ollama server at " + server + " has no model '" + model + "', only "
                + String.join(", ", models.subList(0, Math.min(MOST_NAMED, models.size())))
                + (models.size() > MOST_NAMED ? " …" : "")
                + "; get it with 'ollama pull " + model + "'");
    }

    @Override
    public Model open(String model, Map<String, String> environment) {
        String url = url(environment);
        int window = window(environment);
        var http = new StrictHttpBuilder(WireFormat.OLLAMA, deadlines);
        boolean own = Endpoint.value(environment, HOST).isPresent();
        return new ChatModelAdapter(
                        new Endpoint(URI.create(url), own).named(name(), model),
                        OllamaChatModel.builder()
                                .httpClientBuilder(http)
                                .baseUrl(url)
                                .modelName(model)
                                .numCtx(window)
                                .returnThinking(true)
                                .maxRetries(0)
                                .build(),
                        OllamaStreamingChatModel.builder()
                                .httpClientBuilder(http)
                                .baseUrl(url)
                                .modelName(model)
                                .numCtx(window)
                                .returnThinking(true)
                                .build(),
                        deadlines)
                .seeing(new Eyes(url, model))
                .glancing(() -> absence(url, model))
                .within(new Model.Window(
                        window, true, "asked for with each request; " + WINDOW + " says how much (32768 unless set)"));
    }

    /** Whether a model can see: asked when there is first something to see; it can as long as nobody denies it. */
    private static final class Eyes implements Predicate<String> {

        private final String url;
        private final String model;
        private volatile @Nullable Boolean see;

        private Eyes(String url, String model) {
            this.url = url;
            this.model = model;
        }

        @Override
        public boolean test(String mediaType) {
            if (!mediaType.startsWith("image/")) {
                return false;
            }
            Boolean known = see;
            if (known == null) {
                known = ask();
                see = known;
            }
            return known;
        }

        /** <a href="https://docs.ollama.com/api-reference/show-model-details">Its details</a>; older servers do not say. */
        private boolean ask() {
            try {
                var question = HttpRequest.builder()
                        .method(HttpMethod.POST)
                        .url(url + "/api/show")
                        .addHeader("Content-Type", "application/json")
                        .body(Json.of(Map.of("model", model)).text())
                        .build();
                String answer =
                        new StrictHttp(WireFormat.ANY, GLANCE).execute(question).body();
                JsonNode can = Json.parse(answer).as(JsonNode.class).path("capabilities");
                return !can.isArray()
                        || StreamSupport.stream(can.spliterator(), false)
                                .anyMatch(each -> each.asText().equals("vision"));
            } catch (RuntimeException e) {
                return true; // the request itself will tell
            }
        }
    }

    private static int window(Map<String, String> environment) {
        Optional<String> set = Endpoint.value(environment, WINDOW);
        try {
            int tokens = set.map(Integer::parseInt).orElse(WINDOW_TOKENS);
            if (tokens > 0) {
                return tokens;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ModelException(
                Kind.BAD_REQUEST,
                "the environment variable " + WINDOW + " holds no number of tokens: '" + set.orElse("") + "'");
    }

    /** Ollama's own forms: host, host:port, :port, with or without a scheme; 0.0.0.0 is where it listens, not where it is. */
    static String url(Map<String, String> environment) {
        String text = Endpoint.value(environment, HOST).orElse("127.0.0.1");
        boolean scheme = text.contains("://");
        String full = scheme ? text : "http://" + (text.startsWith(":") ? "127.0.0.1" + text : text);
        URI url = Endpoint.checked(HOST, full);
        String host = url.getHost().equals("0.0.0.0") ? "127.0.0.1" : url.getHost();
        int port = url.getPort() >= 0 ? url.getPort() : scheme ? -1 : PORT;
        return url.getScheme() + "://" + host + (port < 0 ? "" : ":" + port) + url.getRawPath();
    }
}
