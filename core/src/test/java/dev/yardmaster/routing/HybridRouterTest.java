package dev.yardmaster.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.yardmaster.definition.AgentDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HybridRouterTest {

    private static final AgentDefinition BAKER =
            AgentDefinition.of("baker", "Bakes bread.", "You bake.\n\n# Oven\n- knead the dough\n- watch the crust");
    private static final AgentDefinition SAILOR =
            AgentDefinition.of("sailor", "Sails a boat.", "You leave the harbour with the tide.");
    private static final AgentDefinition GARDENER =
            AgentDefinition.of("gardener", "Keeps a garden.", "You look after roses and soil.");
    private static final List<AgentDefinition> ALL = List.of(BAKER, SAILOR, GARDENER);

    private final TopicEmbedder embedder = new TopicEmbedder();

    @Nested
    class A_task {

        @Test
        void goes_to_the_specialist_that_means_the_same_in_other_words() {
            Match match = HybridRouter.of(ALL, embedder).route("My loaf has collapsed");
            assertThat(match.chosen()).hasValue("baker");
            assertThat(match.stage()).isEqualTo(Match.Stage.HYBRID);
            assertThat(match.reason()).startsWith("its meaning; ");
            assertThat(match.confidence()).isBetween(0.9, 1.0);
            assertThat(new LexicalRouter(ALL).route("My loaf has collapsed").chosen())
                    .isEmpty();
        }

        @Test
        void has_a_score_that_is_the_sum_of_its_evidence() {
            for (Candidate each : HybridRouter.of(ALL, embedder)
                    .route("the dough and the tide")
                    .candidates()) {
                Evidence evidence = each.evidence();
                assertThat(each.score())
                        .isCloseTo(evidence.words() + evidence.examples() + evidence.meaning(), within(1e-9));
            }
        }

        @Test
        void about_nothing_that_anybody_does_is_declined_with_what_it_would_have_taken() {
            Match match = HybridRouter.of(ALL, embedder).route("Paint my house");
            assertThat(match.chosen()).isEmpty();
            assertThat(match.stage()).isEqualTo(Match.Stage.DECLINED);
            assertThat(match.confidence()).isZero();
            assertThat(match.reason()).contains("something else").contains("would have been enough");
        }

        @Test
        void is_looked_for_where_the_embedder_says() {
            assertThat(HybridRouter.of(ALL, new BreadIsSoughtAtSea())
                            .route("My loaf has collapsed")
                            .chosen())
                    .hasValue("sailor");
        }

        @Test
        void that_is_far_from_everybody_by_itself_is_declined_wherever_it_is_looked_for() {
            Match match = HybridRouter.of(List.of(SAILOR, GARDENER), new BreadIsSoughtAtSea())
                    .route("My loaf has collapsed");
            assertThat(match.candidates().getFirst().agent()).isEqualTo("sailor");
            assertThat(match.chosen()).isEmpty();
        }

        @Test
        void goes_to_who_is_near_to_it_rather_than_to_who_is_near_to_everything() {
            AgentDefinition harbour = AgentDefinition.of("harbour", "Boat, sail and tide.", "The harbour.");
            AgentDefinition island =
                    AgentDefinition.of("island", "Boat and garden, sail and soil.", "The vessel, the rose.");
            List<AgentDefinition> team = List.of(harbour, island);
            String task = "a vessel and a hedge and a tide";
            assertThat(ahead(HybridRouter.of(team, new GardensAreAskedFor()), task))
                    .isGreaterThan(0.5 + ahead(HybridRouter.of(team, embedder), task));
        }

        /** By how much the harbour is ahead of the island. */
        private double ahead(Router router, String task) {
            return score(router, task, "harbour") - score(router, task, "island");
        }

        @Test
        void of_many_words_does_not_go_by_them_alone() {
            String words = "knead the dough and watch the crust";
            double few = words(HybridRouter.of(ALL, embedder), "knead");
            double many = words(HybridRouter.of(ALL, embedder), words);
            double fewAlone = words(new LexicalRouter(ALL), "knead");
            double manyAlone = words(new LexicalRouter(ALL), words);
            assertThat(many).isGreaterThan(few);
            assertThat(many / few).isCloseTo(Math.sqrt(manyAlone / fewAlone), within(1e-9));
        }

        private double words(Router router, String task) {
            return router.route(task).candidates().getFirst().evidence().words();
        }

        private double score(Router router, String task, String agent) {
            return router.route(task).candidates().stream()
                    .filter(each -> each.agent().equals(agent))
                    .mapToDouble(Candidate::score)
                    .sum();
        }

        @Test
        void is_declined_when_it_is_empty_or_there_is_nobody() {
            assertThat(HybridRouter.of(ALL, embedder).route("  ").chosen()).isEmpty();
            assertThat(HybridRouter.of(List.of(), embedder).route("bread").reason())
                    .isEqualTo("there are no specialists");
        }

        @Test
        void that_names_somebody_goes_there() {
            Match match = HybridRouter.of(ALL, embedder).route("@sailor bake a loaf of bread");
            assertThat(match.chosen()).hasValue("sailor");
            assertThat(match.confidence()).isEqualTo(1);
        }
    }

    /** Turns tasks about bread towards boats. */
    private static final class BreadIsSoughtAtSea implements Embedder {

        private final TopicEmbedder topics = new TopicEmbedder();

        @Override
        public String name() {
            return "bread-at-sea";
        }

        @Override
        public float[] embed(String text) {
            return topics.embed(text);
        }

        @Override
        public float[] sought(float[] task) {
            return new float[] {task[1], task[0], task[2], task[3]};
        }
    }

    /** Knows that people ask for gardens. */
    private static final class GardensAreAskedFor implements Embedder {

        private final TopicEmbedder topics = new TopicEmbedder();

        @Override
        public String name() {
            return "gardens";
        }

        @Override
        public float[] embed(String text) {
            return topics.embed(text);
        }

        @Override
        public float[][] asked() {
            return new float[][] {topics.embed("rose"), topics.embed("soil and hedge")};
        }
    }

    @Nested
    class The_cache {

        @TempDir
        Path folder;

        private int embeddedFor(List<AgentDefinition> agents) {
            int before = embedder.embedded.get();
            HybridRouter.of(agents, embedder, folder);
            return embedder.embedded.get() - before;
        }

        @Test
        void saves_embedding_what_was_embedded_before() {
            assertThat(embeddedFor(ALL)).isPositive();
            assertThat(embeddedFor(ALL)).isZero();
            assertThat(HybridRouter.of(ALL, embedder, folder).route("a loaf"))
                    .isEqualTo(HybridRouter.of(ALL, embedder).route("a loaf"));
        }

        @Test
        void holds_nothing_of_an_agent_whose_text_has_changed() {
            embeddedFor(ALL);
            AgentDefinition changed = AgentDefinition.of("baker", "Bakes rolls.", "You bake.");
            assertThat(embeddedFor(List.of(changed, SAILOR, GARDENER))).isEqualTo(2); // headline and body
        }

        @Test
        void that_was_cut_short_or_overwritten_is_made_anew() throws IOException {
            embeddedFor(ALL);
            List<Path> files;
            try (var all = Files.list(folder)) {
                files = all.sorted().toList();
            }
            assertThat(files).hasSize(4); // one an agent, one of what nobody is there for
            byte[] bytes = Files.readAllBytes(files.get(0));
            Files.write(files.get(0), Arrays.copyOf(bytes, bytes.length - 3));
            byte[] flipped = Files.readAllBytes(files.get(1));
            flipped[14] ^= 1;
            Files.write(files.get(1), flipped);
            Files.writeString(files.get(2), "nonsense");
            assertThat(embeddedFor(ALL)).isPositive();
            assertThat(embeddedFor(ALL)).isZero();
        }

        @Test
        void that_cannot_be_written_is_done_without() throws IOException {
            Path file = Files.writeString(folder.resolve("taken"), "a file, not a folder");
            HybridRouter router = HybridRouter.of(ALL, embedder, file);
            assertThat(router.route("a loaf").chosen()).hasValue("baker");
        }
    }
}
