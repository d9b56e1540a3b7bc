package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.yardmaster.cli.Calls.Said;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "160").with("OLLAMA_HOST", "127.0.0.1:9");
    }

    @Test
    void tells_what_is_there_and_what_is_missing() {
        Said said = calls.call("doctor");
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out())
                .contains("Java ", "bash", "needs the environment variable ANTHROPIC_API_KEY")
                .contains("– ollama  no Ollama server answers at 127.0.0.1:9; start it with 'ollama serve'")
                .contains("no model is configured");
    }

    @Test
    void a_server_without_models_is_told_how_it_gets_one() throws IOException {
        byte[] none = "{\"models\":[]}".getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/tags", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, none.length);
                exchange.getResponseBody().write(none);
            }
        });
        server.start();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            Said said = calls.with("OLLAMA_HOST", host).call("doctor");
            assertThat(said.out().replaceAll("\\s+", " "))
                    .contains("– ollama the Ollama server at " + host
                            + " has no models; get one with 'ollama pull NAME'");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void tells_every_setting_that_cannot_be_used_and_those_that_can() throws IOException {
        calls.file("yardmaster.yml", """
                version: 1
                mode: fast
                modell: x
                agents: [nix]
                models: {sonnet: "script:near.yaml"}
                permissions: {allow: ["(", "Bash(make)"]}
                """);
        Said said = calls.with("YARDMASTER_MODE", "quick").call("doctor");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("there is no mode 'quick' (YARDMASTER_MODE)")
                .contains("there is no mode 'fast'")
                .contains("there is no setting 'modell'; did you mean 'model'?")
                .contains("nix' of agents does not exist")
                .contains("the permission rule '('")
                .contains("near.yaml")
                .contains("allow Bash(make)")
                .contains("Agents", "Models", "Programs");
    }

    @Test
    void calls_a_base_url_that_is_none_what_it_is() {
        Said said = calls.with("ANTHROPIC_API_KEY", "sk-ant-x")
                .with("ANTHROPIC_BASE_URL", "not a url")
                .call("doctor");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("✗ anthropic  the environment variable ANTHROPIC_BASE_URL holds no base URL");
    }

    @Test
    void a_model_of_this_machine_without_its_server_is_missing() {
        Said said = calls.with("YARDMASTER_MODEL", "ollama:llama3.2").call("doctor");
        assertThat(said.exit()).as(said.out()).isEqualTo(1);
        assertThat(said.out().replaceAll("\\s+", " "))
                .contains("✗ tasks go to ollama:llama3.2@127.0.0.1:9")
                .contains(
                        "and no Ollama server answers at 127.0.0.1:9; start it with 'ollama serve', or say where it is");

        Said openai = calls.with("OPENAI_BASE_URL", "http://localhost:9/v1")
                .with("YARDMASTER_MODEL", "openai:local")
                .call("doctor");
        assertThat(openai.exit()).isEqualTo(1);
        assertThat(openai.out().replaceAll("\\s+", " "))
                .contains("no server answers at localhost:9, which OPENAI_BASE_URL names");
    }

    @Test
    void a_model_that_stands_in_or_has_a_name_is_looked_for_too() throws IOException {
        calls.file("yardmaster.yml", """
                version: 1
                models: {haiku: "ollama:small"}
                fallbackModels: ["ollama:large"]
                """);
        Said said = calls.call("doctor");
        assertThat(said.exit()).as(said.out()).isEqualTo(1);
        assertThat(said.out().replaceAll("\\s+", " "))
                .contains("✗ model haiku: no Ollama server answers at 127.0.0.1:9")
                .contains(
                        "✗ ollama:large@127.0.0.1:9 is to be asked when another does not answer, and no Ollama server");
    }

    @Test
    void a_name_with_a_slash_is_told_what_was_meant() {
        Said said = calls.with("YARDMASTER_MODEL", "ollama/llama3.2").call("doctor");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out().replaceAll("\\s+", " "))
                .contains("did you mean 'ollama:llama3.2'?")
                .doesNotContain("nothing is missing");
    }

    @Test
    void tries_the_model_that_tasks_would_go_to() {
        Said said = calls.with("ANTHROPIC_API_KEY", "sk-ant-x")
                .with("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
                .call("doctor", "--try");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("tried: ").contains("127.0.0.1:9");
    }

    @Test
    void tells_a_program_the_same_in_one_object() {
        JsonNode json = Json.parse(calls.call("doctor", "--json").out()).as(JsonNode.class);
        assertThat(json.path("v").asInt()).isEqualTo(1);
        assertThat(json.path("ok").asBoolean()).isTrue();
        assertThat(json.path("findings").findValuesAsText("section"))
                .contains("java", "settings", "agents", "models", "programs");
        assertThat(json.path("findings").findValuesAsText("state")).contains("good", "absent");
    }
}
