package dev.yardmaster.context;

import dev.yardmaster.model.Message;
import dev.yardmaster.model.ToolSchema;
import java.util.Arrays;
import java.util.List;

/**
 * How full a window is with one conversation. What a provider said that a request took counts for more than any estimate:
 * only what was added since is estimated, and corrected by how far the estimate of that request was off. Looks at each
 * message once, and more than at its length only where that could be too much. Not thread-safe.
 */
public final class ContextGauge {

    /** What is added to estimates that no provider has corrected yet. */
    private static final double UNCORRECTED = 1.25;

    /** By how much an estimate can be wrong that no provider has corrected. */
    private static final double ERROR = 1.5;

    /** By how much an estimate can be wrong that one has corrected. */
    private static final double CORRECTED_ERROR = 1.1;

    /** Corrections outside of these say that the count is of something else. */
    private static final double LEAST = 0.3;

    private static final double MOST = 4;

    private final List<ToolSchema> tools;
    private Room room;

    /** What the first so many messages take with the tools, estimated, and at most: sums, so that each is looked at once. */
    private long[] estimates = new long[1];

    private int estimated;
    private long most;
    private int weighed;

    /** What a provider said of the first so many messages; none where that is 0. */
    private int said;

    private long saidTokens;

    /** The same, as long as nothing was learned from it. */
    private int unheard;

    private long unheardTokens;

    /** How much more tokens there are than estimated; 0 where nobody has said. */
    private double correction;

    public ContextGauge(Room room, List<ToolSchema> tools) {
        this.room = room;
        this.tools = tools;
    }

    /** The room as it is known by now. */
    public Room room() {
        return room;
    }

    /** Whether the conversation should be made shorter before it is sent. */
    public boolean isFull(List<Message> messages) {
        if (weighed == 0) {
            most = 0;
            for (ToolSchema tool : tools) {
                most += TokenEstimate.atMost(tool);
            }
        }
        for (; weighed < messages.size(); weighed++) {
            most += TokenEstimate.atMost(messages.get(weighed));
        }
        return most > room.limit() && tokens(messages) > room.limit();
    }

    /** What a request with these messages takes, as far as that is known. */
    public long tokens(List<Message> messages) {
        learn(messages);
        long all = estimate(messages, messages.size());
        return said == 0 ? of(all) : saidTokens + of(all - estimate(messages, said));
    }

    /** What something of this estimate takes. */
    long of(long estimate) {
        return Math.round(estimate * (correction == 0 ? UNCORRECTED : correction));
    }

    /** What a request with other messages would take. */
    long whole(List<Message> others) {
        return of(tools.stream().mapToLong(TokenEstimate::of).sum()
                + others.stream().mapToLong(TokenEstimate::of).sum());
    }

    private static long shown(List<Message> messages, int from, int to) {
        return messages.subList(from, to).stream()
                .mapToLong(TokenEstimate::shown)
                .sum();
    }

    private long estimate(List<Message> messages, int count) {
        if (estimated == 0) {
            estimates[0] = tools.stream().mapToLong(TokenEstimate::of).sum();
        }
        for (; estimated < count; estimated++) {
            if (estimated + 1 == estimates.length) {
                estimates = Arrays.copyOf(estimates, 2 * estimates.length);
            }
            estimates[estimated + 1] = estimates[estimated] + TokenEstimate.of(messages.get(estimated));
        }
        return estimates[count];
    }

    /** Takes note of what a provider said that a request with the first so many messages took; 0 says nothing. */
    public void said(List<Message> messages, int count, long tokens) {
        if (tokens > 0) {
            unheard = count;
            unheardTokens = tokens;
        }
        if (room.cutsSilently()) {
            learn(messages); // which is asked about while requests are made: a replay makes none, and has to learn
            // the same
        }
    }

    /** Learns from what was said last; only when somebody wants to know, as it has to look at every character. */
    private void learn(List<Message> messages) {
        if (unheard == 0) {
            return;
        }
        double factor = unheardTokens / (double) Math.max(1, estimate(messages, unheard));
        if (factor >= LEAST && factor <= MOST) {
            // images that took less than was thought say nothing of words
            correction = shown(messages, 0, unheard) > 0 ? Math.max(1, factor) : factor;
            said = unheard;
            saidTokens = unheardTokens;
        }
        unheard = 0;
    }

    /** Whether a request could be longer than a window whose provider does not say so, as far as estimates can be wrong. */
    public boolean mayBeCut(List<Message> messages) {
        if (!room.cutsSilently() || !isNear(messages)) {
            return false;
        }
        double worst =
                correction == 0 ? estimate(messages, messages.size()) * ERROR : tokens(messages) * CORRECTED_ERROR;
        return worst > room.window();
    }

    private boolean isNear(List<Message> messages) {
        isFull(messages);
        return most > room.limit();
    }

    /**
     * Whether a provider that leaves out what does not fit has left something out.
     *
     * @param tokens what it says that a request with these messages took
     */
    public boolean wasCut(List<Message> messages, long tokens) {
        if (!room.cutsSilently() || tokens == 0) {
            return false;
        }
        if (tokens >= room.window()) {
            return true; // there is no room for an answer left, and requests cannot be longer
        }
        long images = shown(messages, said, messages.size()); // which may take next to nothing
        long expected = tokens(messages) - of(images);
        if (said == 0) {
            return expected > room.window() / 2 && tokens < (estimate(messages, messages.size()) - images) / ERROR;
        }
        return expected > room.window() / 4 && tokens < saidTokens + (expected - saidTokens) / 2;
    }

    /** The conversation is another one now. */
    public void restart() {
        estimated = 0;
        weighed = 0;
        said = 0;
        unheard = 0;
    }

    /** A request with these messages was refused as too long. */
    public void refused(List<Message> messages) {
        room = room.refused(tokens(messages));
    }
}
