package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallOrderTest {

    private final CallOrder order = new CallOrder();
    private final ConcurrentLinkedQueue<String> merged = new ConcurrentLinkedQueue<>();

    private String apart(String step, CountDownLatch work) throws Exception {
        return order.whole(step, () -> {
            order.begun(step);
            work.await();
            order.awaitTurn(step);
            merged.add(step);
            return step;
        });
    }

    @Test
    void calls_merge_one_after_the_other_whoever_is_done_first() throws Exception {
        order.begin(List.of("1", "2", "3"));
        var done = new CountDownLatch(0);
        var late = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> apart("3", done));
            threads.submit(() -> apart("2", done));
            var first = threads.submit(() -> apart("1", late));
            assertThat(merged).isEmpty();
            late.countDown();
            first.get();
        }
        assertThat(merged).containsExactly("1", "2", "3");
    }

    @Test
    void a_call_merges_when_all_after_it_have_begun_or_failed_before_they_could() throws Exception {
        order.begin(List.of("1", "2", "3"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> apart("1", new CountDownLatch(0)));
            assertThat(merged).isEmpty();
            var begun = new CountDownLatch(1);
            threads.submit(() -> apart("2", begun));
            threads.submit(() -> order.whole("3", () -> {
                throw new IllegalStateException("no");
            }));
            first.get();
            assertThat(merged).containsExactly("1");
            begun.countDown();
        }
    }

    @Test
    void a_call_alone_waits_for_nobody() throws Exception {
        order.awaitTurn("1");
        order.begun("1");
    }
}
