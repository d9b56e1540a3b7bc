package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings files and the environment, seen through {@code doctor}. */
class SettingsTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "160");
    }

    @Test
    void come_from_the_nearest_file_and_then_from_the_home_folders() throws IOException {
        Files.createDirectories(calls.folder().resolve("team"));
        calls.file("yardmaster.yml", """
                version: 1
                mode: plan
                agents: [team]
                models: {sonnet: "script:near.yaml"}
                permissions:
                  deny: ["Read(.env)"]
                """);
        Files.writeString(calls.folder().resolveSibling("home/yardmaster.yml"), """
                version: 1
                mode: acceptEdits
                models: {opus: "ollama:big"}
                permissions:
                  allow: ["Bash(make)"]
                """);
        assertThat(calls.call("doctor").out())
                .contains("mode plan")
                .contains("yardmaster.yml:2")
                .contains("opus: ollama:big")
                .contains("near.yaml")
                .contains("deny Read(.env)")
                .contains("allow Bash(make)");
    }

    @Test
    void of_the_environment_count_more_than_those_of_a_file() throws IOException {
        calls.file("yardmaster.yml", "version: 1\nmode: plan\n");
        assertThat(calls.with("YARDMASTER_MODE", "acceptEdits").call("doctor").out())
                .contains("mode acceptEdits (YARDMASTER_MODE)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            version: 1\\nmodell: x                    | yardmaster.yml:2: there is no setting 'modell'; did you mean 'model'?
            version: 1\\nmode: plan\\nmode: plan      | yardmaster.yml:3: 'mode' is there twice
            version: 1\\nagents: nix                  | yardmaster.yml:2: agents has to be a list
            version: 1\\nagents: [nix]                | yardmaster.yml:2: the folder
            version: 1\\nmodel: [a]                   | yardmaster.yml:2: model has to be one word or text, not a list
            version: 1\\nmode: acceptEdit             | yardmaster.yml:2); did you mean 'acceptEdits'?
            version: 2                                | yardmaster.yml:1: version '2' is not known here
            mode: plan                                | there is no version; begin the file with the line 'version: 1'
            version: 1\\nmodel: 'x                    | not YAML
            version: 1\\npermissions: {allow: ['(']}  | the permission rule '('
            version: 1\\npermissions: {alow: []}      | there is no setting 'alow'; did you mean 'allow'?
            version: 1\\nmodels: {'a:b': c}           | 'a:b' cannot be an alias
            version: 1\\nfallbackModels: x            | yardmaster.yml:2: fallbackModels has to be a list
            version: 1\\ntextOnlyModels: [sonnet]     | yardmaster.yml:2: 'sonnet' is no full name of a model; write provider:model
            version: 1\\nmodelLimits: {atOnce: 0}    | yardmaster.yml:2: atOnce is '0'; write a whole number of 1 or more
            version: 1\\nmodelLimits: {atOnse: 2}    | there is no setting 'atOnse'; did you mean 'atOnce'?
            - a                                       | the file has to be 'key: value' lines
            """)
    void that_cannot_be_used_are_told_with_file_and_line(String content, String words) throws IOException {
        calls.file("yardmaster.yml", content.replace("\\n", "\n") + "\n");
        Said said = calls.call("route", "anything");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err().replaceAll("\\s+", " ")).contains(words);
    }

    @Test
    void of_models_that_are_told_words_alone_add_up_and_hold_for_what_is_read() throws IOException {
        calls.file("yardmaster.yml", "version: 1\ntextOnlyModels: ['script:*']\n");
        calls.with("YARDMASTER_TEXT_ONLY_MODELS", "ollama:*, openai:deepseek-*");
        assertThat(calls.call("doctor").out())
                .contains("words alone for models ollama:* (YARDMASTER_TEXT_ONLY_MODELS)")
                .contains("words alone for models openai:deepseek-* (YARDMASTER_TEXT_ONLY_MODELS)")
                .contains("words alone for models script:* (")
                .contains("yardmaster.yml:2)");

        var image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", calls.folder().resolve("shot.png").toFile());
        calls.file("team/painter.md", "---\nname: painter\ndescription: paint\n---\nYou paint.\n");
        calls.file("script.yaml", """
                version: 1
                agents:
                  painter:
                    - call: {Read: {file_path: "shot.png"}}
                      capture: {why: "because (model .* alone)"}
                    - say: "not shown as ${why}"
                """);
        Said said = calls.call("do", "@painter look", "--agents", "team", "--model", "script:script.yaml");
        assertThat(said.out().replaceAll("\\s+", " "))
                .contains("not shown as model 'script:script.yaml' is set to be told words alone");
    }

    @Test
    void in_another_encoding_are_told_with_the_line() throws IOException {
        Files.write(calls.folder().resolve("yardmaster.yml"), new byte[] {'a', ':', ' ', 'b', '\n', (byte) 0xe4, '\n'});
        assertThat(calls.call("route", "x").err()).contains("yardmaster.yml:2: not UTF-8");
    }

    @Test
    void in_a_file_of_the_wrong_name_are_pointed_out() throws IOException {
        calls.file("yardmaster.yaml", "version: 1\n");
        Said said = calls.call("route", "x");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err().replaceAll("\\s+", " ")).contains("settings are in yardmaster.yml; rename the file");
    }
}
