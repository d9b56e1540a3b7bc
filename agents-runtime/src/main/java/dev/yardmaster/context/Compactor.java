package dev.yardmaster.context;

import dev.yardmaster.context.Compaction.Shortened;
import dev.yardmaster.context.Compaction.Summarized;
import dev.yardmaster.context.Compaction.Why;
import dev.yardmaster.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides how one conversation is made shorter, from the conversation and its gauge alone. What costs least is given up
 * first: images of older turns; large results of older turns; then the older turns themselves, for which a summary is to stand; then large results
 * of the last turn. The system message, the first and the last thing that a user said, and the task stay as they are. Not
 * thread-safe.
 */
public final class Compactor {

    /** How many of the last turns keep their results while that is enough. */
    private static final int LAST_TURNS = 3;

    /** Results that are no longer than this, in tokens, stay as they are. */
    private static final long SMALL = 300;

    /** What is left of an older result, in characters. */
    private static final int SHORT = 400;

    /** Parts of the limit: what the conversation is to take afterwards, what of it are last turns, and the summary. */
    private static final double TARGET = 0.6;

    private static final double LAST = 0.25;
    private static final double SUMMARY = 0.12;

    /** Characters a token, about: for limits in characters. */
    private static final int CHARACTERS = 3;

    /** Follows a result whose images were given up. */
    static final String NO_LONGER_SHOWN = "\n[no longer shown, to save room; look at it again if you have to]";

    private final ContextGauge gauge;
    private final List<Message> messages;
    private final Message task;
    private final Message firstUser;
    private final Message lastUser;
    private final Why why;
    private final long before;
    private final long limit;
    private final Cut cut;

    /**
     * @param task the message that says what is to be done; stays
     * @param why whether the conversation is nearly too long, or was found to be
     */
    public Compactor(ContextGauge gauge, List<Message> messages, Message task, Why why) {
        this.gauge = gauge;
        this.messages = messages;
        this.task = task;
        List<Message> told =
                messages.stream().filter(Message.User.class::isInstance).toList();
        this.firstUser = told.isEmpty() ? task : told.getFirst();
        this.lastUser = told.isEmpty() ? task : told.getLast();
        this.why = why;
        this.before = gauge.tokens(messages);
        this.limit = Math.max(1, Math.min(gauge.room().limit(), why == Why.OVERFLOW ? before / 2 : Long.MAX_VALUE));
        this.cut = cut();
    }

    /** What is to be done. @param from where the part that is to be summarized begins; the same as {@code to} for none */
    private record Cut(int from, int to, List<Shortened> shortened) {}

    /** The part of the conversation that a summary has to stand for; empty when shorter results are enough. */
    public List<Message> toSummarize() {
        return messages.subList(cut.from(), cut.to()).stream()
                .filter(each -> !stays(each))
                .toList();
    }

    /** How long a summary may be, in characters. */
    public int longestSummary() {
        return Math.clamp((long) (limit * SUMMARY) * CHARACTERS, 600, 20_000);
    }

    /** How long what is summarized may be, in characters, so that it can be sent itself. */
    public int longestDigest() {
        return Math.clamp((long) (gauge.room().limit() * TARGET * CHARACTERS / gauge.of(100) * 100), 1_000, 2_000_000);
    }

    /** Whether enough would be gained to be worth what it costs. */
    public boolean isWorthIt() {
        String longest = "as long as it may be ".repeat(longestSummary() / 21 + 1);
        return compact(longest).after() <= before * 9 / 10;
    }

    /**
     * Makes it shorter.
     *
     * @param summary what stands for {@link #toSummarize}; of no use when that is empty
     */
    public Compaction compact(String summary) {
        Optional<Summarized> summarized = cut.from() == cut.to()
                ? Optional.empty()
                : Optional.of(new Summarized(
                        cut.from(),
                        cut.to(),
                        kept(),
                        new Message.Summary(replies(), Shorter.of(summary, longestSummary()))));
        var draft = new Compaction(why, before, 0, gauge.room().window(), cut.shortened(), summarized);
        return new Compaction(
                why, before, gauge.whole(draft.of(messages)), draft.window(), draft.shortened(), draft.summarized());
    }

    private List<Integer> kept() {
        var kept = new ArrayList<Integer>();
        for (int i = cut.from(); i < cut.to(); i++) {
            if (stays(messages.get(i))) {
                kept.add(i);
            }
        }
        return kept;
    }

    private int replies() {
        return messages.subList(cut.from(), cut.to()).stream()
                .mapToInt(each -> switch (each) {
                    case Message.Assistant reply -> 1;
                    case Message.Summary earlier -> earlier.replies();
                    default -> 0;
                })
                .sum();
    }

    private boolean stays(Message message) {
        return message == task || message instanceof Message.System || message == firstUser || message == lastUser;
    }

    private Cut cut() {
        int old = turnFromEnd(LAST_TURNS);
        List<Shortened> unshown = unshown(old);
        if (!unshown.isEmpty() && before - gain(unshown) <= limit * TARGET) {
            return new Cut(0, 0, unshown);
        }
        List<Shortened> shortened = shortened(0, old, SMALL, SHORT);
        if (before - gain(shortened) <= limit * TARGET) {
            return new Cut(0, 0, shortened);
        }
        int to = beginOfLastTurns();
        int from = firstThatGoes(to);
        shortened = new ArrayList<>(shortened(from == to ? 0 : to, Math.max(old, to), SMALL, SHORT));
        long rest = weight(messages.subList(to, messages.size())) - gain(shortened);
        if (rest > limit * (LAST + SUMMARY)) {
            shortened = shortened(from == to ? 0 : to, messages.size(), SMALL, shareOfLast(to, rest));
        }
        return new Cut(from, to, shortened);
    }

    /** How many characters each large result of the last turns may have, so that they are as long as they may be. */
    private int shareOfLast(int to, long rest) {
        List<Message.ToolOutput> large = messages.subList(to, messages.size()).stream()
                .filter(each -> each instanceof Message.ToolOutput && gauge.of(TokenEstimate.of(each)) > SMALL)
                .map(Message.ToolOutput.class::cast)
                .toList();
        long fixed = rest
                - large.stream()
                        .mapToLong(each -> gauge.of(TokenEstimate.of(each)))
                        .sum();
        double perCharacter = large.stream()
                        .mapToLong(each -> gauge.of(TokenEstimate.of(each)))
                        .sum()
                / (double) Math.max(
                        1,
                        large.stream().mapToLong(each -> each.text().length()).sum());
        double share = (limit * LAST - fixed) / Math.max(1, large.size()) / Math.max(0.1, perCharacter);
        return Math.clamp((long) (share * 0.8), SHORT / 2, 1_000_000);
    }

    /** Where the last turns begin that are to stay as they are: as many as fit, and one at least. */
    private int beginOfLastTurns() {
        int begin = turnFromEnd(1);
        for (int turns = 2; ; turns++) {
            int earlier = turnFromEnd(turns);
            if (earlier == begin || weight(messages.subList(earlier, messages.size())) > limit * LAST) {
                return begin;
            }
            begin = earlier;
        }
    }

    /** The place of the reply with which the last so many turns begin; of the first reply when there are not so many. */
    private int turnFromEnd(int turns) {
        int found = messages.size();
        int left = turns;
        for (int i = messages.size() - 1; i >= 0 && left > 0; i--) {
            if (messages.get(i) instanceof Message.Assistant) {
                found = i;
                left--;
            }
        }
        return found;
    }

    /** Where the part begins that goes; {@code to} when no reply is in it, so that nothing would be worth a summary. */
    private int firstThatGoes(int to) {
        int from = 0;
        while (from < to && stays(messages.get(from))) {
            from++;
        }
        boolean any = messages.subList(from, to).stream().anyMatch(Message.Assistant.class::isInstance);
        return any ? from : to;
    }

    private List<Shortened> shortened(int from, int to, long small, int characters) {
        var shortened = new ArrayList<Shortened>();
        for (int i = from; i < to; i++) {
            if (messages.get(i) instanceof Message.ToolOutput output && gauge.of(TokenEstimate.of(output)) > small) {
                boolean shows = !output.attachments().isEmpty();
                String text = Shorter.of(output.text(), characters);
                if (shows || text.length() < output.text().length()) {
                    shortened.add(new Shortened(i, shows ? text + NO_LONGER_SHOWN : text));
                }
            }
        }
        return shortened;
    }

    /** Results that show something, in their own words alone. */
    private List<Shortened> unshown(int to) {
        var unshown = new ArrayList<Shortened>();
        for (int i = 0; i < to; i++) {
            if (messages.get(i) instanceof Message.ToolOutput output
                    && !output.attachments().isEmpty()) {
                unshown.add(new Shortened(i, output.text() + NO_LONGER_SHOWN));
            }
        }
        return unshown;
    }

    private long gain(List<Shortened> shortened) {
        return shortened.stream()
                .mapToLong(each -> {
                    var output = (Message.ToolOutput) messages.get(each.message());
                    return gauge.of(TokenEstimate.of(output.text())
                            + TokenEstimate.shown(output)
                            - TokenEstimate.of(each.text()));
                })
                .sum();
    }

    private long weight(List<Message> some) {
        return gauge.of(some.stream().mapToLong(TokenEstimate::of).sum());
    }
}
