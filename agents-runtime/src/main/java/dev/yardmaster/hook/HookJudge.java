package dev.yardmaster.hook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;
import java.util.Optional;

/** Who answers a question for a hook: a model of the run, which pays for it. Thread-safe. */
@FunctionalInterface
public interface HookJudge {

    /**
     * What was answered.
     *
     * @param ok whether things may go on
     * @param reason why not
     */
    record Judgement(
            @JsonPropertyDescription("Whether it is all right")
            boolean ok,

            @JsonPropertyDescription("Why it is not, in a sentence or two")
            Optional<String> reason) {

        public Judgement {
            reason = Objects.requireNonNullElse(reason, Optional.empty());
        }
    }

    /**
     * Answers. Blocks; an interrupt ends it.
     *
     * @param model the name of a model other than the run's; empty for that
     * @throws Exception when there is no answer
     */
    Judgement judge(String question, String model) throws Exception;

    /**
     * Answers after having looked: with tools that read, and with commands that run without anybody being asked. Blocks; an
     * interrupt ends it. As {@link #judge} unless overridden.
     *
     * @throws Exception when there is no answer
     */
    default Judgement verify(String question, String model) throws Exception {
        return judge(question, model);
    }

    /** Nobody does. */
    static HookJudge none() {
        return (question, model) -> {
            throw new IllegalStateException("no model is there to be asked");
        };
    }
}
