package dev.yardmaster.examples.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Usage;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterceptorsExampleTest {

    @TempDir
    Path workspace;

    @Test
    void keeps_the_key_out_of_the_journal_and_asks_the_model_once() throws Exception {
        var example = new InterceptorsExample(InterceptorsExample.prepare(workspace), InterceptorsExample.script());
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome first = example.run(orchestrator);
            Outcome second = example.run(orchestrator);

            assertThat(first).isInstanceOf(Outcome.Completed.class);
            assertThat(InterceptorsExample.holds(first.view(), "sk-live")).isFalse();
            assertThat(InterceptorsExample.holds(first.view(), "API_KEY=[hidden]"))
                    .isTrue();
            assertThat(first.view().usage()).isEqualTo(new Usage(800, 60));

            assertThat(((Outcome.Completed) second).state().get(InterceptorsExample.ANSWER))
                    .isEqualTo("The service listens at db.internal; its key is set.");
            assertThat(example.cacheHits()).isEqualTo(2);
            assertThat(second.view().usage()).isEqualTo(Usage.none());
        }
    }
}
