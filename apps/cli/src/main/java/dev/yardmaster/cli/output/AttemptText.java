package dev.yardmaster.cli.output;

import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.agent.ModelAttempt;
import dev.yardmaster.agent.ModelWait;
import dev.yardmaster.cli.terminal.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is said of models that do not answer at once. */
public final class AttemptText {

    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);
    private static final int LONGEST = 120;

    private AttemptText() {}

    /** Whether attempts are noted about a step: it is a reply of a model. */
    public static boolean isReply(AgentStep step) {
        return step.kind() == AgentStep.Kind.MODEL || step.kind() == AgentStep.Kind.SUMMARY;
    }

    /** What came of an attempt, and what follows; empty when nothing does, as the failure is told then. */
    static Optional<String> of(ModelAttempt attempt) {
        Optional<String> next = attempt.next()
                .map(due -> "asked again " + at(due))
                .or(() -> attempt.instead().map(other -> SafeText.line(other) + " is asked instead"));
        return next.map(what -> what(attempt) + "; " + what);
    }

    /** What went wrong, without what the provider wrote. */
    private static String what(ModelAttempt attempt) {
        String message = SafeText.line(attempt.message());
        String first = message.replaceFirst("[;:] .*", "");
        return first.length() > LONGEST ? first.substring(0, LONGEST - 1) + "…" : first;
    }

    /** Why a model is not asked yet; empty when that is hardly worth telling. */
    static Optional<String> of(ModelWait wait) {
        boolean soon = wait.until()
                .filter(due -> Duration.between(Instant.now(), due).compareTo(WORTH_TELLING) < 0)
                .isPresent();
        return soon ? Optional.empty() : Optional.of(line(wait));
    }

    private static String line(ModelWait wait) {
        String until = wait.until().map(due -> " until " + Times.at(due)).orElse("");
        String left = wait.parked() ? "; a run that is left meanwhile can be resumed" : "";
        return "waits" + until + ": " + SafeText.line(wait.why()) + left;
    }

    private static String at(Instant due) {
        Duration left = Duration.between(Instant.now(), due);
        return left.compareTo(WORTH_TELLING) < 0 ? "at once" : "in " + Times.of(left);
    }

    /** An attempt as a journal has it. */
    public static String recorded(ModelAttempt attempt) {
        return attempt.outcome()
                + attempt.next().map(due -> ", again at " + Times.at(due)).orElse("")
                + attempt.instead()
                        .map(other -> ", then " + SafeText.line(other))
                        .orElse("")
                + ", attempt " + attempt.number() + " of " + SafeText.line(attempt.model()) + " in "
                + Times.of(attempt.took())
                + attempt.requestId()
                        .map(id -> ", request " + SafeText.line(id))
                        .orElse("");
    }
}
