package dev.yardmaster.context;

import dev.yardmaster.model.Model;
import java.util.Optional;

/**
 * The room of one conversation, in tokens: recorded when an agent begins, so that a resumed or replayed one makes its
 * conversation shorter where it was made shorter, whatever is known of windows by then.
 *
 * @param window what fits the model, a request and its reply together
 * @param limit what a request may take before the conversation is made shorter
 * @param cutsSilently whether what does not fit is left out without a word
 */
public record Room(long window, long limit, boolean cutsSilently) {

    /** An eighth of the window is for the answer, and not more than this. */
    private static final long LONGEST_ANSWER = 32_000;

    /** The room of a model's conversations; none for a script, which has no window, unless one is set. */
    public static Optional<Room> of(Model model, ContextPolicy policy) {
        if (model.scripted() && policy.window().isEmpty()) {
            return Optional.empty();
        }
        Model.Window known = Windows.bundled().of(model);
        long window = policy.window().orElse(known.tokens());
        long answer = Math.min(window / 8, LONGEST_ANSWER);
        long limit = Math.max(1, (long) ((window - answer) * policy.fullAt()));
        return Optional.of(new Room(window, limit, known.cutsSilently()));
    }

    /** The same where less fits than was thought: a request of so many tokens was refused. */
    Room refused(long tokens) {
        return new Room(window, Math.max(1, Math.min(limit, tokens * 4 / 5)), cutsSilently);
    }
}
