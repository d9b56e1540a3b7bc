package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NewerVersionException;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Update;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest extends ResumeScene {

    @TempDir
    Path folder;

    Path file() {
        return folder.resolve("run.jsonl");
    }

    RunView view() throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return start(orchestrator, graph((state, context) -> {
                        var number = Json.parse("{\"n\": 1.10, \"big\": 12345678901234567890.5}");
                        context.step("s", Json.class, number, Effect.ONCE, () -> number);
                        return Update.of(OUT, "ü\n");
                    }))
                    .await()
                    .view();
        }
    }

    void says(String... parts) {
        assertThatExceptionOfType(YardmasterException.class)
                .isThrownBy(() -> RunFile.read(file()))
                .withMessageContainingAll(parts);
    }

    @Test
    void is_read_as_it_was_written_to_the_last_digit() throws Exception {
        RunView view = view();
        RunFile.write(file(), view);
        assertThat(RunFile.read(file()).entries().stream().map(RunFile::line))
                .isEqualTo(view.entries().stream().map(RunFile::line).toList());
        assertThat(RunFile.read(file()).id()).isEqualTo(RUN);
        assertThat(Files.readString(file()))
                .startsWith("{\"v\":1,\"run\":\"run\",\"offset\":0,")
                .contains("1.10");
    }

    @Test
    void that_is_damaged_is_refused_with_the_line() throws Exception {
        RunFile.write(file(), view());
        List<String> lines = Files.readAllLines(file());
        Files.write(file(), List.of(lines.get(0), lines.get(2)));
        says("line 2 of '", "it is entry 2 where entry 1 should be", "yardmaster export RUN");
        Files.write(file(), List.of(lines.get(0), lines.get(1).substring(9)));
        says("line 2 of '", "not JSON");
        Files.write(file(), List.of("{\"v\": 7}"));
        says("line 1 of '", "it is no entry of version 1");
        Files.write(file(), List.of(""));
        says("holds no run");
        Files.delete(file());
        says("there is no file");
    }

    @Test
    void of_a_newer_version_is_refused_as_that() throws Exception {
        RunFile.write(file(), view());
        Files.writeString(file(), Files.readString(file()).replaceFirst("\"version\":\\d+", "\"version\":99"));
        assertThatExceptionOfType(NewerVersionException.class).isThrownBy(() -> RunFile.read(file()));
    }
}
