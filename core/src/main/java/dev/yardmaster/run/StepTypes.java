package dev.yardmaster.run;

import dev.yardmaster.event.Json;
import java.util.Objects;

/**
 * Whether what steps come to can be read back, by type; looked at once for each. Told when a step is run, not when it is needed:
 * after a crash.
 */
final class StepTypes {

    private static final ClassValue<String> PROBLEMS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return type == Void.class ? "" : Json.whyNoJsonForm(type);
        }
    };

    private StepTypes() {}

    /** @throws IllegalArgumentException when outputs of that type cannot be recorded */
    static void check(String step, Class<?> type) {
        Objects.requireNonNull(type, () -> "the type of what step '" + step + "' comes to is null; name its class");
        String problem = PROBLEMS.get(type);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("what step '" + step + "' comes to could not be recorded: " + problem);
        }
    }
}
