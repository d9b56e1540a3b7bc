package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.AuthenticationException;
import dev.yardmaster.event.Failure;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model that the application wrote, and what becomes of what it throws. */
@Timeout(60)
class OwnModelTest {

    private static final Channel<String> TASK = Channel.of("task", String.class);
    private static final Channel<String> RESULT = Channel.of("result", String.class);

    private final AtomicInteger asked = new AtomicInteger();

    private Model own(Supplier<@Nullable ModelReply> reply) {
        return own("acme:gateway", reply);
    }

    private Model own(String name, Supplier<@Nullable ModelReply> reply) {
        return new Model() {
            @Override
            public String name() {
                return name;
            }

            @Override
            @SuppressWarnings("NullAway") // as an application without such checks may
            public ModelReply reply(ModelRequest request) {
                asked.incrementAndGet();
                return reply.get();
            }
        };
    }

    private Model throwing(RuntimeException thrown) {
        return own(() -> {
            throw thrown;
        });
    }

    private static Outcome run(AgentRuntimeBuilder runtime) throws InterruptedException {
        var graph = Graph.builder("own")
                .channels(TASK, RESULT)
                .node("work", runtime.build().agent("worker").reads(TASK).writes(RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator.start(graph, State.of(TASK, "do it")).await();
        }
    }

    private static AgentRuntimeBuilder with(Model model) {
        return AgentRuntime.builder().agents(AgentTest.WORKER).model(model);
    }

    private static Failure failure(Model model) throws InterruptedException {
        return run(with(model)).view().failures().getFirst();
    }

    @Test
    void what_it_throws_is_told_with_its_name_and_the_agents() throws Exception {
        Failure failure = failure(throwing(new IllegalStateException("the gateway has no route")));
        assertThat(failure.kind()).isEqualTo("model.failed");
        assertThat(failure.at().value()).isEqualTo("work");
        assertThat(failure.message())
                .startsWith("model 'acme:gateway', asked by agent 'worker', failed in its own code")
                .endsWith("the gateway has no route");
        assertThat(failure.details()).containsEntry("agent", "worker").containsEntry("model", "acme:gateway");
        assertThat(failure.retryable()).isFalse();
        assertThat(asked).hasValue(1);
    }

    @Test
    void names_are_told_of_the_last_one_that_was_asked_too() throws Exception {
        Model other = own("other:gateway", () -> {
            throw new IllegalStateException("nor this one");
        });
        Failure failure = run(with(throwing(new IllegalStateException("no route")))
                        .fallback(other))
                .view()
                .failures()
                .getFirst();
        assertThat(failure.kind()).isEqualTo("model.failed");
        assertThat(failure.message()).endsWith("nor this one (2 attempts)");
        assertThat(failure.details()).containsEntry("agent", "worker").containsEntry("model", "other:gateway");
    }

    @Test
    void the_cause_is_kept_and_its_keys_are_not() {
        var plain = new IllegalStateException("no route");
        var keyed = new IllegalStateException("refused sk-ant-api03-0123456789abcdef0123456789abcdef");
        assertThat(ModelException.thrownBy(throwing(plain), "worker", plain)).hasCause(plain);
        ModelException hidden = ModelException.thrownBy(throwing(keyed), "worker", keyed);
        assertThat(hidden).hasMessageNotContaining("0123456789abcdef");
        assertThat(hidden.getCause())
                .hasMessageNotContaining("0123456789abcdef")
                .satisfies(cause -> assertThat(cause.getStackTrace()).isEqualTo(keyed.getStackTrace()));
    }

    @Test
    void a_reply_that_is_null_is_told_the_same_way() throws Exception {
        assertThat(failure(own(() -> null)))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo("model.failed"))
                .satisfies(failure -> assertThat(failure.message()).contains("it returned null instead of a reply"));
    }

    @Test
    void its_own_model_exceptions_stay_as_they_are() throws Exception {
        Failure failure = failure(throwing(new ModelException(Kind.NOT_AUTHORIZED, "the badge has expired")));
        assertThat(failure.kind()).isEqualTo("model.not-authorized");
        assertThat(failure.message()).isEqualTo("the badge has expired");
    }

    @Test
    void what_langchain4j_and_the_network_throw_through_it_is_sorted() {
        var denied = new AuthenticationException("401");
        var network = new UncheckedIOException(new IOException("connection reset"));
        assertThat(ModelException.thrownBy(throwing(denied), "worker", denied).reason())
                .isEqualTo(Kind.NOT_AUTHORIZED);
        assertThat(ModelException.thrownBy(throwing(network), "worker", network).reason())
                .isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void another_model_is_asked_instead() throws Exception {
        var other = new FaultyModel("other:n");
        Outcome outcome =
                run(with(throwing(new IllegalStateException("no route"))).fallback(other));
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(((Outcome.Completed) outcome).state().get(RESULT)).isEqualTo("other:n says so");
    }
}
