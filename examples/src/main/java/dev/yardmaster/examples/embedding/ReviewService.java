package dev.yardmaster.examples.embedding;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reviews changes. A service as an application has many: it is given what it needs, its methods block, its results are
 * its own types, and nothing of agents shows outside. Thread-safe.
 */
public final class ReviewService {

    private static final Channel<String> CHANGE = Channel.of("change", String.class);
    private static final Channel<Review> REVIEW = Channel.of("review", Review.class);

    private final Orchestrator orchestrator;
    private final Graph graph;

    public ReviewService(AgentRuntime runtime, Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
        this.graph = Graph.builder("review")
                .channels(CHANGE, REVIEW)
                .node("review", runtime.agent("change-reviewer").reads(CHANGE).writes(REVIEW))
                .start("review")
                .build();
    }

    /** Where a review stands. */
    public sealed interface Progress {
        record Done(Review review) implements Progress {}

        /** @param questions what somebody has to decide first, by id */
        record Waiting(Map<String, String> questions) implements Progress {}

        record Failed(String why) implements Progress {}
    }

    /**
     * Reviews a change. Blocks until the review is done, or waits for somebody. Asked again for the same change it gives
     * the same review: the change's id is the run's.
     *
     * @throws dev.yardmaster.run.RunIdTakenException when the change was reviewed with another diff: a mistake of the caller,
     *     who would take one review for the other's
     */
    public Progress review(String changeId, String diff) throws InterruptedException {
        var options =
                RunOptions.defaults().withId(new RunId("review-" + changeId)).withLabel("change", changeId);
        return progress(
                orchestrator.start(graph, State.of(CHANGE, diff), options).await());
    }

    /** Decides a question of a waiting review and goes on. Blocks as {@link #review} does. */
    public Progress decide(String changeId, String question, boolean allowed, String by) throws InterruptedException {
        var run = new RunId("review-" + changeId);
        orchestrator.answer(run, new Answer(question, allowed ? "allow" : "deny", "", by));
        Run decided = orchestrator.find(run).orElseGet(() -> orchestrator.resume(run, graph)); // after a restart
        return progress(decided.await());
    }

    /** What all reviews have consumed so far, in tokens. */
    public long tokens() {
        return orchestrator.runs().stream()
                .map(RunView::usage)
                .mapToLong(usage -> usage.inputTokens() + usage.outputTokens())
                .sum();
    }

    private static Progress progress(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed done -> new Progress.Done(done.state().get(REVIEW));
            case Outcome.Suspended waiting ->
                new Progress.Waiting(waiting.view().questions().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().text())));
            case Outcome.Failed failed ->
                new Progress.Failed(
                        failed.view().failures().stream().map(Failure::message).collect(Collectors.joining("; ")));
            case Outcome.Cancelled cancelled -> new Progress.Failed("it was cancelled");
        };
    }
}
