package dev.yardmaster.testkit;

import static dev.yardmaster.testkit.JournalScene.RUN;
import static dev.yardmaster.testkit.JournalScene.answer;
import static dev.yardmaster.testkit.JournalScene.atOnce;
import static dev.yardmaster.testkit.JournalScene.create;
import static dev.yardmaster.testkit.JournalScene.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Answer;
import dev.yardmaster.journal.AlreadyAnsweredException;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How every {@link Journal} keeps what others want of a run; part of {@link JournalContract}. */
public interface RequestContract {

    /** A journal on the store of the current test; each call opens another, as another process would. */
    Journal open();

    @Test
    default void the_first_answer_to_a_question_counts() {
        try (Journal journal = open();
                Journal other = open()) {
            create(journal, RUN);
            answer(other, RUN, "q1", "yes");
            assertThatExceptionOfType(AlreadyAnsweredException.class)
                    .isThrownBy(() -> answer(journal, RUN, "q1", "no"))
                    .withMessageContainingAll("q1", "yes")
                    .satisfies(e -> assertThat(e.first().choice()).isEqualTo("yes"));
            answer(journal, RUN, "q'2", "no");
            assertThat(journal.requests(RUN).answers())
                    .containsExactly(new Answer("q1", "yes", "why", "me"), new Answer("q'2", "no", "why", "me"));
            assertThat(other.requests(RUN)).isEqualTo(journal.requests(RUN));
        }
    }

    @Test
    default void of_many_answers_at_once_one_is_taken() throws Exception {
        try (Journal journal = open();
                Journal other = open()) {
            create(journal, RUN);
            List<Optional<String>> taken = atOnce(40, i -> {
                try {
                    answer(i % 2 == 0 ? journal : other, RUN, "q", "choice " + i);
                    return Optional.of("choice " + i);
                } catch (AlreadyAnsweredException e) {
                    return Optional.<String>empty();
                }
            });
            List<String> winners = taken.stream().flatMap(Optional::stream).toList();
            assertThat(winners).hasSize(1);
            assertThat(journal.requests(RUN).answers())
                    .extracting(Answer::choice)
                    .isEqualTo(winners);
        }
    }

    @Test
    default void the_wish_to_cancel_is_kept_with_its_first_reason() {
        try (Journal journal = open();
                Journal other = open()) {
            create(journal, RUN);
            assertThat(journal.requests(RUN).cancellation()).isEmpty();
            other.cancel(RUN, "enough");
            journal.cancel(RUN, "really");
            assertThat(journal.requests(RUN).cancellation()).contains("enough");
            assertThat(facts(journal, RUN)).hasSize(1); // it is the owner who makes entries of such things
        }
    }

    @Test
    default void an_owner_is_told_what_was_left_for_it() throws Exception {
        try (Journal journal = open();
                Journal other = open()) {
            Lease lease = create(journal, RUN);
            var toldOfOwn = new CountDownLatch(1);
            lease.onRequest(toldOfOwn::countDown);
            answer(journal, RUN, "q1", "yes");
            assertThat(toldOfOwn.await(60, TimeUnit.SECONDS)).isTrue();

            var toldOfOther = new CountDownLatch(1);
            lease.onRequest(toldOfOther::countDown);
            other.cancel(RUN, "enough");
            assertThat(toldOfOther.await(60, TimeUnit.SECONDS)).isTrue();
            lease.close();

            var toldLater = new CountDownLatch(1);
            other.acquire(RUN).onRequest(toldLater::countDown);
            assertThat(toldLater.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
