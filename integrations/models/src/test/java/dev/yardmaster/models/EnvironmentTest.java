package dev.yardmaster.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.NoModelException;
import dev.yardmaster.model.Prices;
import dev.yardmaster.model.ProviderStatus;
import dev.yardmaster.model.Trial;
import dev.yardmaster.models.Wire.Finish;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a catalog makes of the environment, with the providers that are on the class path. */
class EnvironmentTest {

    /** Where nobody is. */
    private static final String NO_OLLAMA = "127.0.0.1:1";

    private static ModelCatalog catalog(String... variables) {
        return ModelCatalog.builder().environment(environment(variables)).build();
    }

    private static Map<String, String> environment(String... variables) {
        var environment = new HashMap<>(Map.of("OLLAMA_HOST", NO_OLLAMA));
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }

    @Nested
    class The_default_model {

        @ParameterizedTest
        @CsvSource({
            "ANTHROPIC_API_KEY=k, anthropic:claude-sonnet-5-5",
            "OPENAI_API_KEY=k, openai:gpt-6.2-sol",
            "GEMINI_API_KEY=k, gemini:gemini-3.8-flash",
            "GOOGLE_API_KEY=k, gemini:gemini-3.8-flash"
        })
        void is_that_of_the_provider_whose_key_is_there(String variable, String model) {
            assertThat(catalog(variable).defaultModel()).map(Model::name).contains(model);
        }

        @Test
        void is_that_of_the_first_provider_when_there_are_several_keys() {
            assertThat(catalog("GEMINI_API_KEY=k", "OPENAI_API_KEY=k", "ANTHROPIC_API_KEY=k")
                            .defaultModel())
                    .map(Model::name)
                    .contains("anthropic:claude-sonnet-5-5");
        }

        @Test
        void is_what_a_local_ollama_has_when_there_is_no_key_and_it_answers() {
            try (var server =
                    new WireServer(WireServer.json("{\"models\":[{\"name\":\"qwen3:8b\"},{\"name\":\"b\"}]}"))) {
                var catalog = catalog("OLLAMA_HOST=localhost:" + server.port());

                assertThat(catalog.defaultModel())
                        .map(Model::name)
                        .contains("ollama:qwen3:8b@localhost:" + server.port());
                assertThat(server.request().line()).startsWith("GET /api/tags ");
            }
        }

        @Test
        void is_none_when_there_is_no_key_and_nobody_answers() {
            ModelCatalog none = catalog();

            assertThat(none.defaultModel()).isEmpty();
            assertThatThrownBy(() -> none.resolve(Optional.of("opus")))
                    .isInstanceOf(NoModelException.class)
                    .hasMessageContainingAll(
                            "no model is configured for 'opus'",
                            "anthropic:MODEL — needs the environment variable ANTHROPIC_API_KEY",
                            "openai:MODEL — needs the environment variable OPENAI_API_KEY",
                            "gemini:MODEL — needs the environment variable GEMINI_API_KEY or GOOGLE_API_KEY",
                            "script:FILE");
        }

        @Test
        void is_none_without_an_environment() {
            assertThat(ModelCatalog.builder().build().defaultModel()).isEmpty();
        }
    }

    @Nested
    class An_alias {

        @ParameterizedTest
        @CsvSource({
            "ANTHROPIC_API_KEY=k, opus, anthropic:claude-opus-5-5",
            "ANTHROPIC_API_KEY=k, Haiku, anthropic:claude-haiku-5-5",
            "ANTHROPIC_API_KEY=k, fable, anthropic:claude-fable-5-1",
            "OPENAI_API_KEY=k, opus, openai:gpt-6.2-astra",
            "OPENAI_API_KEY=k, sonnet, openai:gpt-6.2-sol",
            "GEMINI_API_KEY=k, haiku, gemini:gemini-3.5-flash-lite"
        })
        void means_what_the_chosen_provider_means_by_it(String key, String alias, String model) {
            ModelCatalog.Resolved resolved = catalog(key).resolve(Optional.of(alias));

            assertThat(resolved.model().name()).isEqualTo(model);
            assertThat(resolved.note()).isEmpty();
        }

        @Test
        void means_what_the_settings_say_before_that() {
            ModelCatalog catalog = ModelCatalog.builder()
                    .environment(environment("ANTHROPIC_API_KEY=k", "OPENAI_API_KEY=k"))
                    .alias("Sonnet", "openai:gpt-6-luna")
                    .build();

            assertThat(catalog.get("sonnet").name()).isEqualTo("openai:gpt-6-luna");
            assertThat(catalog.get("opus").name()).isEqualTo("anthropic:claude-opus-5-5");
            assertThat(catalog.names()).contains("sonnet");
        }

        @Test
        void gets_the_model_that_was_set_for_everybody_with_a_note() {
            ModelCatalog catalog = ModelCatalog.builder()
                    .environment(environment("ANTHROPIC_API_KEY=k"))
                    .defaultModel(ModelCatalog.builder()
                            .environment(environment("OPENAI_API_KEY=k"))
                            .build()
                            .get("openai:gpt-6-luna"))
                    .build();

            ModelCatalog.Resolved resolved = catalog.resolve(Optional.of("opus"));

            assertThat(resolved.model().name()).isEqualTo("openai:gpt-6-luna");
            assertThat(resolved.note())
                    .hasValueSatisfying(note -> assertThat(note).contains("asks for 'opus'"));
        }

        @Test
        void that_is_set_to_half_a_name_is_refused() {
            assertThatThrownBy(() -> ModelCatalog.builder().alias("opus", "gpt-6"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("write provider:model");
        }
    }

    @Nested
    class A_base_URL {

        @ParameterizedTest
        @CsvSource({
            "ANTHROPIC_BASE_URL, anthropic:m",
            "OPENAI_BASE_URL, openai:m",
            "GOOGLE_GEMINI_BASE_URL, gemini:m",
            "OLLAMA_HOST, ollama:m"
        })
        void that_is_nonsense_is_told_by_the_name_of_its_variable_and_not_shown(String variable, String model) {
            for (String nonsense :
                    List.of("sk-KEYKEYKEY oops", "ftp://x", "http://", "http://u:KEYKEY@host", "http://h?KEYKEY")) {
                ModelCatalog catalog = catalog(
                        "ANTHROPIC_API_KEY=k", "OPENAI_API_KEY=k", "GEMINI_API_KEY=k", variable + "=" + nonsense);

                assertThatThrownBy(() -> catalog.get(model))
                        .as(nonsense)
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining("the environment variable " + variable + " holds no base URL")
                        .hasMessageNotContaining("KEYKEY");
            }
        }

        @Test
        void of_another_server_needs_no_key_and_shows_in_the_name_because_other_prices_count_there()
                throws InterruptedException {
            try (var server = new WireServer(WireServer.json(Wire.OPENAI.reply("ok", "stop")))) {
                ModelCatalog catalog = catalog("OPENAI_BASE_URL=http://127.0.0.1:" + server.port() + "/v1/");

                Model model = catalog.get("openai:gpt-6.2-sol");

                assertThat(model.name()).isEqualTo("openai:gpt-6.2-sol@127.0.0.1:" + server.port());
                assertThat(Trial.of(model, Duration.ofSeconds(20)).problem()).isEmpty();
                assertThat(server.request().line()).startsWith("POST /v1/chat/completions ");
                assertThat(Prices.bundled().find(model.name(), LocalDate.of(2026, 12, 1)))
                        .isEmpty();
                assertThat(catalog.defaultModel()).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "'', http://127.0.0.1:11434",
            "0.0.0.0, http://127.0.0.1:11434",
            "0.0.0.0:8080, http://127.0.0.1:8080",
            ":8080, http://127.0.0.1:8080",
            "gpu.local, http://gpu.local:11434",
            "http://gpu.local:8080/, http://gpu.local:8080",
            "https://gpu.local/ollama, https://gpu.local/ollama"
        })
        void of_ollama_has_all_forms_that_ollama_takes(String host, String url) {
            assertThat(OllamaProvider.url(Map.of("OLLAMA_HOST", host))).isEqualTo(url);
        }
    }

    @Nested
    class A_key {

        @ParameterizedTest
        @ValueSource(strings = {"KEYKEY KEYKEY", "KEYKEY\nKEYKEY", "KEYKEYé"})
        void that_cannot_be_one_is_told_by_the_name_of_its_variable_and_not_shown(String key) {
            assertThatThrownBy(() -> catalog("ANTHROPIC_API_KEY=" + key).get("anthropic:m"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("ANTHROPIC_API_KEY holds no key")
                    .hasMessageNotContaining("KEYKEY");
        }

        @Test
        void that_is_blank_is_missing() {
            assertThat(catalog("ANTHROPIC_API_KEY= ").defaultModel()).isEmpty();
        }
    }

    @Nested
    class A_look_at_the_providers {

        @Test
        void says_what_each_misses_and_would_use() {
            assertThat(catalog("OPENAI_API_KEY=k").status())
                    .containsExactly(
                            new ProviderStatus(
                                    "anthropic",
                                    Optional.of("the environment variable ANTHROPIC_API_KEY"),
                                    Optional.empty()),
                            new ProviderStatus("openai", Optional.empty(), Optional.of("openai:gpt-6.2-sol")),
                            new ProviderStatus(
                                    "gemini",
                                    Optional.of("the environment variable GEMINI_API_KEY or GOOGLE_API_KEY"),
                                    Optional.empty()),
                            new ProviderStatus("ollama", Optional.empty(), Optional.empty()));
        }

        @Test
        void tries_a_model_and_says_what_is_wrong_without_waiting_long() throws InterruptedException {
            try (var server = new WireServer(
                    WireServer.json(Wire.ANTHROPIC.reply("ready", Wire.ANTHROPIC.finish(Finish.STOP))),
                    WireServer.status(401, "{\"error\":{\"message\":\"no such key\"}}"),
                    WireServer.silence())) {
                Model model = Wire.ANTHROPIC.model(server);

                assertThat(Trial.of(model, Duration.ofSeconds(20)).problem()).isEmpty();
                assertThat(Trial.of(model, Duration.ofSeconds(20)).problem())
                        .hasValueSatisfying(problem -> assertThat(problem)
                                .contains("is not open to this key")
                                .contains("no such key"));
                assertThat(Trial.of(model, Duration.ofMillis(300)).problem())
                        .hasValueSatisfying(problem -> assertThat(problem).contains("did not answer within 0.3 s"));
            }
        }
    }

    @Nested
    class A_glance {

        private static Optional<String> absence(String model, String... variables) {
            return catalog(variables).get(model).absence();
        }

        @Test
        void finds_that_nobody_is_where_a_local_server_is_to_be() {
            assertThat(absence("ollama:llama3.2"))
                    .hasValueSatisfying(why -> assertThat(why)
                            .startsWith("no Ollama server answers at 127.0.0.1:1; start it with 'ollama serve'"));
            assertThat(absence("openai:m", "OPENAI_BASE_URL=http://localhost:1/v1"))
                    .contains("no server answers at localhost:1, which OPENAI_BASE_URL names; start it, or name another"
                            + " one there");
            assertThat(absence("anthropic:m", "ANTHROPIC_API_KEY=k", "ANTHROPIC_BASE_URL=http://[::1]:1"))
                    .isPresent();
            assertThat(absence("gemini:m", "GEMINI_API_KEY=k", "GOOGLE_GEMINI_BASE_URL=http://127.1.2.3:1"))
                    .isPresent();
        }

        @Test
        void finds_that_a_server_does_not_have_the_model() {
            try (var server =
                    new WireServer(WireServer.json("{\"models\":[{\"name\":\"qwen3:8b\"},{\"name\":\"b:latest\"}]}"))) {
                String host = "OLLAMA_HOST=localhost:" + server.port();
                assertThat(absence("ollama:llama3.2", host))
                        .contains(
                                "the Ollama server at localhost:" + server.port()
                                        + " has no model 'llama3.2', only qwen3:8b, b:latest; get it with 'ollama pull llama3.2'");
            }
        }

        @Test
        void finds_that_a_server_has_no_models() {
            try (var server = new WireServer(WireServer.json("{\"models\":[]}"))) {
                assertThat(absence("ollama:llama3.2", "OLLAMA_HOST=localhost:" + server.port()))
                        .contains("the Ollama server at localhost:" + server.port()
                                + " has no models; get one with 'ollama pull llama3.2'");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ollama:qwen3:8b", "ollama:b"})
        void finds_nothing_against_a_model_that_is_there(String model) {
            try (var server =
                    new WireServer(WireServer.json("{\"models\":[{\"name\":\"qwen3:8b\"},{\"name\":\"b:latest\"}]}"))) {
                assertThat(absence(model, "OLLAMA_HOST=localhost:" + server.port()))
                        .isEmpty();
            }
        }

        @Test
        void calls_nobody_outside_this_machine() {
            assertThat(absence("openai:m", "OPENAI_BASE_URL=https://models.invalid/v1"))
                    .isEmpty();
            assertThat(absence("anthropic:m", "ANTHROPIC_API_KEY=k")).isEmpty();
        }

        @Test
        void is_part_of_the_ways_to_get_a_model() {
            assertThat(catalog().ways())
                    .contains("ollama:MODEL — no Ollama server answers at 127.0.0.1:1; start it with 'ollama serve'")
                    .doesNotContain("nothing is missing");
            assertThatThrownBy(() -> catalog().get("ollama/llama3.2"))
                    .isInstanceOf(NoModelException.class)
                    .hasMessageContaining("a name is provider:model; did you mean 'ollama:llama3.2'? Ways to get one:");
        }
    }
}
