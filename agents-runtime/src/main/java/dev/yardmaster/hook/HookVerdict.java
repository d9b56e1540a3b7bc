package dev.yardmaster.hook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Spending;
import dev.yardmaster.permission.Decision.Behavior;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all hooks of one point say together; see {@link HookAnswer} for the parts. It is recorded with the run.
 *
 * @param behavior the strictest that one of them said: deny, then ask, then allow
 * @param reason of those that said so
 * @param input of the last that changed it, in the order of the settings; never of a denied call
 * @param ran what each of them did that is worth showing
 * @param variables that the agent's commands get from now on
 * @param spent what answering questions of theirs used up
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HookVerdict(
        Optional<Behavior> behavior,
        String reason,
        Optional<Json> input,
        String context,
        Optional<String> output,
        Optional<String> stop,
        List<Ran> ran,
        Map<String, String> variables,
        Optional<Spending> spent) {

    private static final HookVerdict NONE = new HookVerdict(
            Optional.empty(),
            "",
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Optional.empty());

    /**
     * One hook that did something.
     *
     * @param event such as {@code PreToolUse}
     * @param source where it was written
     * @param told what it did, in one line
     */
    public record Ran(String event, String source, String told) {}

    public HookVerdict {
        behavior = Objects.requireNonNullElse(behavior, Optional.empty()); // what is empty is not written
        reason = Objects.requireNonNullElse(reason, "");
        input = Objects.requireNonNullElse(input, Optional.empty());
        context = Objects.requireNonNullElse(context, "");
        output = Objects.requireNonNullElse(output, Optional.empty());
        stop = Objects.requireNonNullElse(stop, Optional.empty());
        ran = ran == null ? List.of() : List.copyOf(ran);
        variables = variables == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(variables));
        spent = Objects.requireNonNullElse(spent, Optional.empty());
    }

    /** Nobody has said anything. */
    public static HookVerdict none() {
        return NONE;
    }

    /** One hook's answer, and whose it is. */
    record Said(Hook hook, HookAnswer answer) {

        /** A guard that failed denies where failures do. */
        Said orDenied(boolean failClosed) {
            boolean denies =
                    failClosed && !answer.failure().isEmpty() && hook.event().guards();
            return denies
                    ? new Said(hook, HookAnswer.deny("the hook of " + hook.source() + " failed: " + answer.failure()))
                    : this;
        }

        private Optional<Ran> shown() {
            String told = Stream.of(
                            did(),
                            answer.input().isPresent() ? "changed the call" : "",
                            answer.output().isPresent() ? "changed what the agent is told" : "",
                            answer.stop().map(why -> "ended the work: " + why).orElse(""),
                            answer.failure().isEmpty() ? "" : "failed: " + answer.failure(),
                            answer.message())
                    .filter(each -> !each.isBlank())
                    .collect(Collectors.joining("; "));
            return told.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Ran(hook.event().spelling(), hook.source(), told));
        }

        private String did() {
            String why = answer.reason().isBlank() ? "" : ": " + answer.reason().strip();
            return switch (answer.behavior().orElse(Behavior.ALLOW)) {
                case DENY -> (hook.event().isDenied() ? "denied" : "objected") + why;
                case ASK -> "has it asked for" + why;
                case ALLOW -> answer.behavior().isPresent() ? "allowed" + why : "";
            };
        }
    }

    /** What they come to, in the order of the settings. */
    static HookVerdict of(List<Said> all) {
        List<HookAnswer> answers = all.stream().map(Said::answer).toList();
        Optional<Behavior> strictest =
                answers.stream().flatMap(each -> each.behavior().stream()).max(Behavior::compareTo);
        boolean denied = strictest.filter(each -> each == Behavior.DENY).isPresent();
        return new HookVerdict(
                strictest,
                joined(answers.stream()
                        .filter(each ->
                                each.behavior().isPresent() && each.behavior().equals(strictest))
                        .map(HookAnswer::reason)),
                denied ? Optional.empty() : last(answers.stream().flatMap(each -> each.input().stream())),
                joined(answers.stream().map(HookAnswer::context)),
                last(answers.stream().flatMap(each -> each.output().stream())),
                answers.stream().flatMap(each -> each.stop().stream()).findFirst(),
                all.stream().flatMap(each -> each.shown().stream()).toList(),
                Map.of(),
                Optional.empty());
    }

    /** What was said here, and at a point that came after it. */
    public HookVerdict and(HookVerdict later) {
        return new HookVerdict(
                Stream.of(behavior, later.behavior).flatMap(Optional::stream).max(Behavior::compareTo),
                joined(Stream.of(reason, later.reason)),
                later.input.or(() -> input),
                joined(Stream.of(context, later.context)),
                later.output.or(() -> output),
                stop.or(() -> later.stop),
                Stream.concat(ran.stream(), later.ran.stream()).toList(),
                variables.isEmpty() ? later.variables : variables,
                Stream.of(spent, later.spent).flatMap(Optional::stream).reduce(Spending::plus));
    }

    private static String joined(Stream<String> texts) {
        return texts.map(String::strip).filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static <T> Optional<T> last(Stream<T> all) {
        return all.reduce((first, second) -> second);
    }

    /** The same with one more thing that the model is told. */
    public HookVerdict withContext(String more) {
        return and(new HookVerdict(
                Optional.empty(),
                "",
                Optional.empty(),
                more,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty()));
    }

    /** The same, whose hooks do not change the call. */
    public HookVerdict withoutInput() {
        return new HookVerdict(behavior, reason, Optional.empty(), context, output, stop, ran, variables, spent);
    }

    /** The same with something else that is worth showing. */
    public HookVerdict with(Ran more) {
        return new HookVerdict(
                behavior,
                reason,
                input,
                context,
                output,
                stop,
                Stream.concat(ran.stream(), Stream.of(more)).toList(),
                variables,
                spent);
    }

    /** The same with variables for the agent's commands. */
    public HookVerdict with(Map<String, String> own) {
        return new HookVerdict(behavior, reason, input, context, output, stop, ran, own, spent);
    }

    /** The same with what it used up. */
    public HookVerdict with(Spending used) {
        return used.equals(Spending.none())
                ? this
                : new HookVerdict(behavior, reason, input, context, output, stop, ran, variables, Optional.of(used));
    }

    /** Whether one of them denied, or objected. */
    public boolean denies() {
        return behavior.filter(each -> each == Behavior.DENY).isPresent();
    }
}
