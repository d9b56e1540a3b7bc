package dev.yardmaster.router.onnx.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.router.onnx.MiniLm;
import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.HybridRouter;
import dev.yardmaster.routing.Surroundings;
import dev.yardmaster.routing.Surroundings.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoiceTest {

    private static final MiniLm MODEL = MiniLm.load();
    private static final String TASK = "The database is slow since we moved house";

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    @Test
    void the_points_learned_with_are_those_of_the_router(@TempDir Path cache) {
        var team = List.of(
                AgentDefinition.of(
                        "backend-engineer", "Queries, schemas and services", "You tune SQL.\n\n# How\n\nSlowly."),
                AgentDefinition.of("mover", "Moves what is in a house to another", ""),
                AgentDefinition.of("tech-writer", "Manuals, guides and reference pages", "You write."));
        Turned unturned = Turned.not(MODEL);
        List<Seen> seen = new Surroundings(team, unturned, cache).of(TASK);
        List<Candidate> candidates =
                HybridRouter.of(team, unturned, cache).route(TASK).candidates();
        assertThat(candidates).extracting(Candidate::agent).contains("backend-engineer", "mover");
        for (Candidate each : candidates) {
            assertThat(seen.stream().filter(one -> one.agent().equals(each.agent())))
                    .singleElement()
                    .satisfies(one -> assertThat(one.fixed() + dot(MODEL.embed(TASK), one.texts()))
                            .isCloseTo(each.score(), within(1e-4)));
        }
    }

    @Test
    void a_file_is_read_as_the_model_reads_it() throws IOException {
        try (InputStream file = MiniLm.class.getResourceAsStream("tasks.f16")) {
            byte[] bytes = file.readAllBytes();
            TurnedMap map = TurnedMap.ofHalves(bytes);
            float[] task = MODEL.embed(TASK);
            assertThat(Turned.not(MODEL).by(map, List.of()).sought(task))
                    .containsExactly(MODEL.sought(task), within(1e-5f));
            assertThat(map.halves()).isEqualTo(bytes);
        }
    }

    @Test
    void the_right_one_is_a_candidate_however_far_it_is() {
        List<Seen> all = IntStream.range(0, 100)
                .mapToObj(i -> new Seen("agent " + i, 100 - i, new float[] {0, 0}))
                .toList();
        Choice choice = Choice.of("agent 99", new float[] {1, 0}, all);
        assertThat(choice.fixed()).hasSize(60).startsWith(1, 100, 99).endsWith(42);
    }

    @Test
    void names_the_agent_that_is_missing() {
        assertThatThrownBy(() -> Choice.of("nobody", new float[] {1}, List.of()))
                .hasMessage("there is no agent 'nobody'");
    }
}
