package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Notices an agent that goes in circles: the same call over and over, or the same two in turn, and hears the same each time;
 * one that asks again because the answer changes, as that of a running process does, is not stuck. And one that makes up
 * tools. Counts calls in the order of the transcript, so a resumed agent is where it was. Not thread-safe.
 */
final class CallGuard {

    /** @param calls how many calls it has @param refused the round from which calls are refused @param stopped the last */
    private record Circle(int calls, int refused, int stopped) {

        /** How many calls in a row are as they were a round ago, when a round begins. */
        private int at(int round) {
            return calls * (round - 2) + 1;
        }
    }

    /** Two calls in turn may be a wait and a look, so they go round more often. */
    private static final List<Circle> CIRCLES = List.of(new Circle(1, 3, 6), new Circle(2, 5, 10));

    private static final int MOST_UNKNOWN = 10;

    private static final class Made {

        private final String step;
        private final String key;
        private @Nullable String heard;

        private Made(String step, String key) {
            this.step = step;
            this.key = key;
        }
    }

    private final String agent;

    /** The latest calls, the newest first. */
    private final Deque<Made> made = new ArrayDeque<>(4);

    /** For each circle, how many calls in a row are as they were a round ago. */
    private final int[] same = new int[CIRCLES.size()];

    private final Set<String> unknown = new TreeSet<>();
    private int unknownCalls;

    CallGuard(String agent) {
        this.agent = agent;
    }

    /**
     * Counts a call.
     *
     * @param step its name in the record
     * @return why it is refused; empty when it is not
     * @throws AgentStoppedException when refusing did not help
     */
    Optional<String> refusal(String step, ToolCall call) {
        var now = new Made(step, call.name() + " " + call.arguments().text());
        List<Made> before = new ArrayList<>(made);
        made.addFirst(now);
        if (made.size() > 2 * CIRCLES.getLast().calls()) {
            made.removeLast();
        }
        boolean refused = false;
        for (int i = 0; i < same.length; i++) {
            Circle circle = CIRCLES.get(i);
            boolean again = before.size() >= circle.calls()
                    && before.get(circle.calls() - 1).key.equals(now.key);
            same[i] = again ? same[i] + 1 : 0;
            if (same[i] >= circle.at(circle.stopped())) {
                throw stopped(circle, call, before.getFirst());
            }
            refused |= same[i] >= circle.at(circle.refused());
        }
        return refused
                ? Optional.of("this was called before, and its result will be the same. Use what it said then, or try"
                        + " something else")
                : Optional.empty();
    }

    private AgentStoppedException stopped(Circle circle, ToolCall call, Made other) {
        String what = circle.calls() == 1
                ? "the same call " + circle.stopped() + " times in a row (" + call.name() + ")"
                : "the same two calls in turn, " + circle.stopped() + " times (" + call.name() + ", "
                        + other.key.substring(0, other.key.indexOf(' ')) + ")";
        return new AgentStoppedException(
                AgentStoppedException.Reason.LOOP_DETECTED,
                "agent '" + agent + "' was stopped: it made " + what
                        + "; look at the transcript for what it was missing");
    }

    /** Takes note of what a call that was not refused here resulted in. */
    void heard(String step, ToolResult result) {
        List<Made> all = new ArrayList<>(made);
        for (int at = 0; at < all.size(); at++) {
            if (all.get(at).step.equals(step)) {
                all.get(at).heard = heard(result);
                compare(all, at);
            }
        }
    }

    private static String heard(ToolResult result) {
        boolean shows =
                result instanceof ToolResult.Text text && !text.attachments().isEmpty();
        return shows ? Json.of(result).sha256() : result.forModel();
    }

    private void compare(List<Made> all, int at) {
        for (int i = 0; i < same.length; i++) {
            int earlier = at + CIRCLES.get(i).calls();
            String before = earlier < all.size() && all.get(earlier).key.equals(all.get(at).key)
                    ? all.get(earlier).heard
                    : null;
            if (before != null && !before.equals(all.get(at).heard)) {
                same[i] = 0; // it goes on
            }
        }
    }

    /**
     * Counts a call of a tool that there is not; all names count together.
     *
     * @throws AgentStoppedException when that was one too many
     */
    void unknownTool(String name, List<String> has) {
        unknown.add(name);
        unknownCalls++;
        if (unknownCalls > MOST_UNKNOWN) {
            throw new AgentStoppedException(
                    AgentStoppedException.Reason.UNKNOWN_TOOLS,
                    "agent '" + agent + "' was stopped: it called tools that there are not " + unknownCalls + " times ("
                            + String.join(", ", unknown)
                            + "); it has " + (has.isEmpty() ? "none" : String.join(", ", has))
                            + ". Give it what it needs, or say in its file what there is");
        }
    }
}
