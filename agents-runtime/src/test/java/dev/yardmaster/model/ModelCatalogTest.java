package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.event.YardmasterException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogTest {

    private static final Model DEFAULT = ScriptedModel.replies("a", "default").named("default");
    private static final Model OPUS = ScriptedModel.replies("a", "opus").named("opus");

    /** A provider whose models need a key. */
    public static final class Acme implements ModelProvider {
        @Override
        public String name() {
            return "acme";
        }

        @Override
        public Optional<String> missing(Map<String, String> environment) {
            return environment.containsKey("ACME_KEY")
                    ? Optional.empty()
                    : Optional.of("the environment variable ACME_KEY");
        }

        @Override
        public Model open(String model, Map<String, String> environment) {
            return ScriptedModel.replies("a", environment.get("ACME_KEY")).named("acme-" + model);
        }
    }

    @Nested
    class A_name {

        @Test
        void may_be_an_alias_in_any_case() {
            var catalog = ModelCatalog.builder().model("opus", OPUS).build();

            assertThat(catalog.get("opus")).isSameAs(OPUS);
            assertThat(catalog.find(" Opus ")).containsSame(OPUS);
        }

        @Test
        void may_be_a_providers_and_is_opened_once_with_the_environment_it_is_given() {
            var catalog = ModelCatalog.builder()
                    .provider(new Acme())
                    .environment(Map.of("ACME_KEY", "k"))
                    .build();

            Model model = catalog.get("acme:large");

            assertThat(model.name()).isEqualTo("script:acme-large");
            assertThat(catalog.get("acme:large")).isSameAs(model);
        }

        @Test
        void of_an_absent_provider_lists_what_there_is_and_how_to_get_more() {
            var catalog = ModelCatalog.builder().provider(new Acme()).build();

            assertThat(catalog.find("openai:gpt")).isEmpty();
            assertThatThrownBy(() -> catalog.get("acne:large"))
                    .isInstanceOf(NoModelException.class)
                    .hasMessageContainingAll(
                            "no provider 'acne'",
                            "there are: acme, script",
                            "did you mean 'acme'?",
                            "script:FILE",
                            "acme:MODEL — needs the environment variable ACME_KEY");
            assertThatThrownBy(() -> ModelCatalog.builder().build().get("anthropic:claude"))
                    .hasMessageContainingAll("no provider 'anthropic'", "put a jar with a ModelProvider");
        }

        @Test
        void whose_provider_misses_its_key_says_which() {
            var catalog = ModelCatalog.builder().provider(new Acme()).build();

            assertThatThrownBy(() -> catalog.get("acme:large"))
                    .isInstanceOf(NoModelException.class)
                    .hasMessageContaining("model 'acme:large' needs the environment variable ACME_KEY");
        }

        @Test
        void that_is_an_unset_alias_or_nothing_at_all_says_so() {
            var catalog = ModelCatalog.builder().model("cheap", OPUS).build();

            assertThatThrownBy(() -> catalog.get("sonnet")).hasMessageContaining("no model is configured under this");
            assertThatThrownBy(() -> catalog.get("cheep")).hasMessageContaining("did you mean 'cheap'?");
            assertThatThrownBy(() -> catalog.get("script:")).hasMessageContaining("write script:FILE");
        }

        @Test
        void that_could_be_mistaken_is_not_taken() {
            var builder = ModelCatalog.builder();

            assertThatThrownBy(() -> builder.model("a:b", OPUS)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder.model("inherit", OPUS)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class A_script {

        @TempDir
        Path folder;

        @Test
        void is_found_from_the_base_folder_and_keeps_the_name_it_was_asked_for() throws IOException {
            Files.writeString(folder.resolve("demo.yaml"), "version: 1\nagents: {a: [{say: hi}]}\n");
            var catalog = ModelCatalog.builder().baseFolder(folder).build();

            Model model = catalog.get("script:demo.yaml");

            assertThat(model.name()).isEqualTo("script:demo.yaml");
            assertThat(model.scripted()).isTrue();
            assertThat(catalog.get("script:" + folder.resolve("demo.yaml")).scripted())
                    .isTrue();
        }

        @Test
        void that_is_missing_is_an_error_of_the_script() {
            var catalog = ModelCatalog.builder().baseFolder(folder).build();

            assertThatThrownBy(() -> catalog.get("script:none.yaml"))
                    .isInstanceOf(InvalidScriptException.class)
                    .hasMessageContaining(folder.resolve("none.yaml").toString());
        }
    }

    @Nested
    class The_model_key_of_an_agent_file {

        private final ModelCatalog both = ModelCatalog.builder()
                .defaultModel(DEFAULT)
                .model("opus", OPUS)
                .provider(new Acme())
                .build();

        private ModelCatalog.Resolved resolve(String name) {
            return both.resolve(Optional.of(name));
        }

        @Test
        void gets_the_model_that_is_configured_without_a_note() {
            assertThat(resolve("opus")).isEqualTo(new ModelCatalog.Resolved(OPUS, Optional.empty()));
        }

        @Test
        void gets_the_default_when_it_is_absent_or_inherits() {
            var expected = new ModelCatalog.Resolved(DEFAULT, Optional.empty());

            assertThat(both.resolve(Optional.empty())).isEqualTo(expected);
            assertThat(resolve("inherit")).isEqualTo(expected);
        }

        @Test
        void gets_the_default_with_a_note_when_its_alias_or_id_is_not_configured() {
            for (String name : List.of("sonnet", "claude-sonnet-4-5", "gpt-9", "openai:gpt-9")) {
                assertThat(resolve(name).model()).isSameAs(DEFAULT);
                assertThat(resolve(name).note())
                        .contains("the agent asks for '" + name
                                + "'; it works on script:default, the model that was set");
            }
        }

        @Test
        void gets_the_alias_of_its_family_for_a_full_id() {
            assertThat(resolve("claude-opus-4-1").model()).isSameAs(OPUS);
            assertThat(resolve("claude-opus-4-1").note()).isPresent();
        }

        @Test
        void gets_the_default_with_a_note_of_what_its_provider_misses() {
            assertThat(resolve("acme:large").note())
                    .contains("model 'acme:large' needs the environment variable ACME_KEY; script:default is used"
                            + " instead");
        }

        @Test
        void is_an_error_with_the_ways_out_when_nothing_is_configured() {
            var none = ModelCatalog.builder().build();

            assertThatThrownBy(() -> none.resolve(Optional.of("opus")))
                    .isInstanceOf(NoModelException.class)
                    .hasMessageContainingAll("no model is configured for 'opus'", "script:FILE", "ChatModel");
            assertThatThrownBy(() -> none.resolve(Optional.empty())).isInstanceOf(NoModelException.class);
        }
    }

    @Nested
    class A_provider_on_the_class_path {

        @TempDir
        Path classPath;

        private <T> T with(String provider, Supplier<T> body) throws IOException {
            Path services = Files.createDirectories(classPath.resolve("META-INF/services"));
            Files.writeString(services.resolve(ModelProvider.class.getName()), provider);
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            try (var loader = new URLClassLoader(new URL[] {classPath.toUri().toURL()}, before)) {
                thread.setContextClassLoader(loader);
                return body.get();
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        @Test
        void is_found() throws IOException {
            List<String> names = with(
                    Acme.class.getName(), () -> ModelCatalog.builder().build().names());

            assertThat(names).containsExactly("acme:", "script:");
        }

        @Test
        void that_cannot_be_loaded_is_named() {
            assertThatThrownBy(() -> with("no.such.Provider", ModelCatalog::builder))
                    .isInstanceOf(YardmasterException.class)
                    .hasMessageContainingAll("no.such.Provider", "update its jar");
        }
    }
}
