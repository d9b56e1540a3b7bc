package dev.yardmaster.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.examples.embedding.Review.Weight;
import dev.yardmaster.examples.embedding.ReviewService.Progress;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.RunIdTakenException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReviewServiceTest {

    @TempDir
    Path repository;

    final Orchestrator orchestrator = Orchestrator.inMemory();

    @AfterEach
    void close() {
        orchestrator.close();
    }

    ReviewService reviews(ScriptedModel model) throws Exception {
        return Application.reviews(Application.prepare(repository), model, orchestrator);
    }

    @Test
    void a_review_waits_for_a_decision_and_is_then_a_value_of_the_application() throws Exception {
        ReviewService reviews = reviews(Application.script().usage(500, 50));

        Progress waiting = reviews.review("4711", Application.DIFF);
        assertThat(waiting)
                .isInstanceOfSatisfying(
                        Progress.Waiting.class,
                        it -> assertThat(it.questions()).containsValue("change-reviewer wants to run: sh checks.sh"));
        String question =
                ((Progress.Waiting) waiting).questions().keySet().iterator().next();

        Progress done = reviews.decide("4711", question, true, "mia");
        assertThat(done).isInstanceOfSatisfying(Progress.Done.class, it -> {
            assertThat(it.review().mergeable()).isFalse();
            assertThat(it.review().remarks())
                    .extracting(Review.Remark::weight)
                    .containsExactly(Weight.BLOCKING, Weight.ADVICE);
            assertThat(it.review().remarks().getLast().text()).startsWith("12 checks passed");
        });
        assertThat(reviews.tokens()).isEqualTo(3 * 550); // the answer that contradicted itself was asked for again
    }

    @Test
    void the_same_change_is_reviewed_once() throws Exception {
        ReviewService reviews =
                reviews(ScriptedModel.replies("change-reviewer", "{\"mergeable\": true, \"remarks\": []}")
                        .usage(100, 10));
        assertThat(reviews.review("1", Application.DIFF)).isEqualTo(reviews.review("1", Application.DIFF));
        assertThat(reviews.tokens()).isEqualTo(110);
        assertThatThrownBy(() -> reviews.review("1", Application.DIFF + "+another line"))
                .isInstanceOf(RunIdTakenException.class)
                .hasMessageContaining("run 'review-1'")
                .hasMessageContaining("another input: channel 'change' differs");
    }

    @Test
    void a_review_that_fails_says_why() throws Exception {
        ReviewService reviews = reviews(ScriptedModel.replies("change-reviewer", "fine", "fine!", "really fine"));
        assertThat(reviews.review("2", Application.DIFF))
                .isInstanceOfSatisfying(
                        Progress.Failed.class, it -> assertThat(it.why()).contains("no answer that fits"));
    }
}
