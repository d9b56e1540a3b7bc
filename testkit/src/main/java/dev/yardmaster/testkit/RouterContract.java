package dev.yardmaster.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.Router;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every router has to keep. A test of yours implements this and needs JUnit. */
public interface RouterContract {

    Router router();

    /** A task for which it has a specialist. */
    String task();

    /** The specialist for {@link #task}. */
    String specialist();

    @Test
    default void finds_the_specialist() {
        assertThat(router().route(task()).chosen()).contains(specialist());
    }

    @Test
    default void decides_the_same_task_the_same_way() {
        Router router = router();
        assertThat(router.route(task())).isEqualTo(router.route(task()));
    }

    @Test
    default void says_what_it_was_asked_and_why_it_decided_so() {
        Match match = router().route(task());
        assertThat(match.task()).isEqualTo(task());
        assertThat(match.reason()).isNotBlank();
    }

    @Test
    default void lists_candidates_best_first_and_each_once_and_the_chosen_among_them() {
        Match match = router().route(task());
        assertThat(match.candidates())
                .extracting(Candidate::agent)
                .doesNotHaveDuplicates()
                .contains(specialist());
        assertThat(match.candidates())
                .isSortedAccordingTo((left, right) -> Double.compare(right.score(), left.score()));
        assertThat(match.runnerUp().map(Candidate::agent)).isNotEqualTo(Optional.of(specialist()));
    }

    @Test
    default void gives_the_task_to_nobody_who_may_not_have_it() {
        Match match = router().route(task(), name -> !name.equals(specialist()));
        assertThat(match.chosen()).isNotEqualTo(Optional.of(specialist()));
        assertThat(match.candidates()).extracting(Candidate::agent).doesNotContain(specialist());
        assertThat(router().route(task(), specialist()::equals).chosen()).contains(specialist());
    }

    /** Tasks come from people, programs and models. */
    @Test
    default void decides_or_declines_whatever_the_task() {
        for (String odd : List.of("", " ", "?", "\u0000", "@", "@nobody-of-this-name", "😀", "a".repeat(100_000))) {
            Match match = router().route(odd);
            assertThat(match.reason()).as("reason for '%.20s'", odd).isNotBlank();
            assertThat(match.candidates())
                    .as("candidates for '%.20s'", odd)
                    .allMatch(candidate -> Double.isFinite(candidate.score()));
        }
    }
}
