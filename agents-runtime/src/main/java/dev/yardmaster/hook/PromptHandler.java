package dev.yardmaster.hook;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A question to a model, whether things may go on. Its yes is no opinion: it allows nothing that would not be allowed anyway.
 *
 * @param prompt the question; {@code $ARGUMENTS} in it is the event as JSON, which follows it otherwise
 * @param model the name of a model other than the run's; empty for that
 * @param looks whether who answers looks first, with tools: one of the type {@code agent}
 */
record PromptHandler(String prompt, String model, Duration timeout, boolean looks) implements WrittenHandler {

    private static final Duration ONE_REPLY = Duration.ofSeconds(30);
    private static final Duration A_LOOK = Duration.ofSeconds(60);

    private static final String PLACE = "$ARGUMENTS";

    /** Of the event. Cut, it could be about something that is not in it. */
    private static final int LONGEST = 50_000;

    /** How long it has unless the settings say. */
    static Duration usual(boolean looks) {
        return looks ? A_LOOK : ONE_REPLY;
    }

    @Override
    public String shown() {
        return (looks ? "has an agent look" : "asks") + (model.isEmpty() ? "" : " " + model) + ": "
                + prompt.replaceAll("\\s+", " ");
    }

    @Override
    public HookAnswer run(HookInput input) throws Exception {
        String event = input.json().text();
        if (event.length() > LONGEST) {
            return HookAnswer.failed("what it is to judge has " + event.length() + " characters; a question may have "
                    + LONGEST + " of them");
        }
        String question = prompt.contains(PLACE) ? prompt.replace(PLACE, event) : prompt + "\n\n" + event;
        HookJudge.Judgement said;
        try {
            HookJudge judge = input.judge();
            said = inTime(() -> looks ? judge.verify(question, model) : judge.judge(question, model));
        } catch (TimeoutException e) {
            return HookAnswer.failed(
                    "the " + (looks ? "agent" : "model") + " did not answer within " + timeout.toMillis() + " ms");
        }
        return said.ok()
                ? HookAnswer.none()
                : HookAnswer.deny(PrintedAnswer.bounded(said.reason()
                        .filter(why -> !why.isBlank())
                        .orElse((looks ? "an agent" : "a model") + " that a hook asked said no")));
    }

    private <T> T inTime(Callable<T> asked) throws Exception {
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<T> answer = thread.submit(asked);
            try {
                return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            } finally {
                answer.cancel(true);
            }
        }
    }
}
