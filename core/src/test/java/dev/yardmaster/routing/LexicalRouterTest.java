package dev.yardmaster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.AgentReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LexicalRouterTest {

    private static AgentDefinition agent(String name, String description, String prompt) {
        String file = "---\nname: %s\ndescription: |\n  %s\n---\n%s\n"
                .formatted(name, description.replace("\n", "\n  "), prompt);
        return new AgentReader()
                .read(name + ".md", file.getBytes(StandardCharsets.UTF_8))
                .definition()
                .orElseThrow();
    }

    private static String example(String user) {
        return "<example>\nContext: at the pier\nuser: \"" + user + "\"\nassistant: \"on it\"\n</example>";
    }

    private static final AgentDefinition BAKER = agent(
            "baker",
            "Bakes bread, rolls and cakes.\n" + example("My sourdough collapses in the oven, what now?"),
            "You knead dough, proof it and bake it in a stone oven. You know flour, yeast and salt.");
    private static final AgentDefinition SAILOR = agent(
            "sailor",
            "Sails boats and reads charts.\n" + example("Which tide lets us leave the harbour?"),
            "You set sails, trim sheets, and steer by compass. You know tides, wind, and the harbour.");
    private static final AgentDefinition GARDENER = agent(
            "gardener", "Grows vegetables and flowers.", "You sow, water and prune roses. You know soil and compost.");

    private final LexicalRouter router = new LexicalRouter(List.of(BAKER, SAILOR, GARDENER));

    @Nested
    class A_task {

        @Test
        void goes_to_the_specialist_that_knows_its_words() {
            Match match = router.route("Please prune the roses and add compost");
            assertThat(match.chosen()).hasValue("gardener");
            assertThat(match.stage()).isEqualTo(Match.Stage.LEXICAL);
            assertThat(match.candidates().getFirst().words()).contains("prune", "roses", "compost");
        }

        @Test
        void is_found_in_other_forms_of_the_same_words_and_told_in_its_own() {
            Match match = router.route("Kneading doughs");
            assertThat(match.chosen()).hasValue("baker");
            assertThat(match.candidates().getFirst().words()).containsExactlyInAnyOrder("kneading", "doughs");
            assertThat(match.reason()).contains("'kneading'").contains("'doughs'");
        }

        @Test
        void shows_the_example_that_it_is_like() {
            Match match = router.route("The sourdough collapses, what can I do?");
            assertThat(match.chosen()).hasValue("baker");
            assertThat(match.candidates().getFirst().example())
                    .hasValue("My sourdough collapses in the oven, what now?");
            assertThat(match.reason()).contains("its example \"My sourdough collapses in the oven, what now?\"");
        }

        @Test
        void has_a_runner_up() {
            Match match = router.route("Steer by compass past the roses");
            assertThat(match.chosen()).hasValue("sailor");
            assertThat(match.runnerUp()).map(Candidate::agent).hasValue("gardener");
            assertThat(match.reason()).contains("for gardener");
        }

        @Test
        void is_routed_the_same_whatever_the_order_of_the_specialists_and_however_often() {
            var shuffled = new ArrayList<>(List.of(BAKER, SAILOR, GARDENER));
            Collections.reverse(shuffled);
            LexicalRouter other = new LexicalRouter(shuffled);
            for (String task : List.of("bake roses by the harbour", "water, wind and salt", "oven")) {
                assertThat(other.route(task)).isEqualTo(router.route(task)).isEqualTo(router.route(task));
            }
        }

        @Test
        void that_fits_two_equally_goes_to_the_first_by_name() {
            Match match = new LexicalRouter(
                            List.of(agent("b", "Mends nets.", "You mend."), agent("a", "Mends nets.", "You mend.")))
                    .route("mend the nets");
            assertThat(match.chosen()).hasValue("a");
        }
    }

    @Nested
    class A_mention {

        @Test
        void decides_whatever_the_words_say() {
            Match match = router.route("@Gardener knead the dough");
            assertThat(match.chosen()).hasValue("gardener");
            assertThat(match.stage()).isEqualTo(Match.Stage.MENTION);
            assertThat(match.runnerUp()).map(Candidate::agent).hasValue("baker");
        }

        @Test
        void of_nobody_is_told_and_the_words_decide() {
            Match match = router.route("@gardner prune the roses");
            assertThat(match.chosen()).hasValue("gardener");
            assertThat(match.stage()).isEqualTo(Match.Stage.LEXICAL);
            assertThat(match.reason()).startsWith("there is no @gardner (did you mean @gardener?); ");
        }

        @Test
        void is_no_part_of_an_address() {
            Match match = router.route("Write to info@sailor.example that the dough is in the oven");
            assertThat(match.stage()).isNotEqualTo(Match.Stage.MENTION);
        }
    }

    @Nested
    class The_router_declines {

        @Test
        void what_nobody_knows_a_word_of() {
            Match match = router.route("Refactor the kernel scheduler");
            assertThat(match.chosen()).isEmpty();
            assertThat(match.stage()).isEqualTo(Match.Stage.DECLINED);
            assertThat(match.reason()).isEqualTo("no specialist knows any word of the task");
        }

        @Test
        void what_is_nearly_all_unknown_and_says_who_came_nearest() {
            Match match =
                    router.route("Refactor kernel scheduler interrupts, drivers, allocators, and its water cooling");
            assertThat(match.chosen()).isEmpty();
            assertThat(match.reason()).contains("the nearest is gardener, by 'water'");
            assertThat(match.runnerUp()).map(Candidate::agent).hasValue("gardener");
        }

        @Test
        void what_only_one_word_of_a_body_speaks_for() {
            AgentDefinition builder = agent("builder", "Makes web pages.", "You follow the house rules and test.");
            Match match = new LexicalRouter(List.of(builder, SAILOR)).route("paint my house");
            assertThat(match.chosen()).isEmpty();
            assertThat(match.reason()).contains("one word is too little").contains("builder, by 'house'");
            assertThat(new LexicalRouter(List.of(builder, SAILOR))
                            .route("paint my web page")
                            .chosen())
                    .hasValue("builder");
        }

        @Test
        void when_there_is_nobody() {
            assertThat(new LexicalRouter(List.of()).route("anything").reason()).isEqualTo("there are no specialists");
        }
    }

    @Nested
    class An_example {

        @Test
        void counts_on_its_own_and_not_together_with_others_of_the_same_specialist() {
            AgentDefinition many = agent("many", "Does things.", "You do them.").withoutExamples();
            AgentDefinition spread = agent(
                    "spread",
                    "Does things.\n" + example("paint a fence") + "\n" + example("repair a gate"),
                    "You do them.");
            AgentDefinition whole = agent("whole", "Does things.\n" + example("paint a gate"), "You do them.");
            assertThat(new LexicalRouter(List.of(many, spread, whole))
                            .route("paint the gate")
                            .chosen())
                    .hasValue("whole");
        }

        @Test
        void can_be_left_out_where_a_task_was_taken_from_it() {
            String task = "Which tide lets us leave the harbour?";
            assertThat(router.route(task).candidates().getFirst().example()).hasValue(task);
            Match without = router.leavingOneOut().route(task);
            assertThat(without.chosen()).hasValue("sailor");
            assertThat(without.candidates().getFirst().example()).isEmpty();
            assertThat(without.candidates().getFirst().score())
                    .isLessThan(router.route(task).candidates().getFirst().score());
        }
    }
}
