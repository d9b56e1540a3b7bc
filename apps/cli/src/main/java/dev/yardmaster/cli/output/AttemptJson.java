package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.agent.ModelAttempt;
import dev.yardmaster.agent.ModelWait;

/** What programs are told of models that do not answer at once. */
final class AttemptJson {

    private AttemptJson() {}

    static ObjectNode of(ObjectNode line, ModelAttempt attempt) {
        line.put("attempt", attempt.number())
                .put("model", attempt.model())
                .put("kind", attempt.outcome())
                .put("message", attempt.message())
                .put("millis", attempt.took().toMillis());
        attempt.next().ifPresent(due -> line.put("next", due.toString()));
        attempt.instead().ifPresent(other -> line.put("instead", other));
        attempt.requestId().ifPresent(id -> line.put("requestId", id));
        return line;
    }

    static ObjectNode of(ObjectNode line, ModelWait wait) {
        line.put("model", wait.model()).put("why", wait.why()).put("parked", wait.parked());
        wait.until().ifPresent(due -> line.put("until", due.toString()));
        return line;
    }
}
