package dev.yardmaster.cli.output;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.cli.output.Happening.CallRecord;
import dev.yardmaster.cli.output.Happening.Place;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Shows what the nodes of a workflow do while they do it. Several are at work at once, so each line begins with the path
 * of its node, in its agent's colour.
 */
public final class WorkflowView implements Consumer<Happening>, AutoCloseable {

    private static final int WIDEST_PATH = 24;
    private static final Duration WORTH_TELLING = Duration.ofMillis(500);

    private final Screen screen;
    private final Paint paint;
    private final Path root;
    private final StatusLine status;
    private final Map<String, AgentProfile> agents = new HashMap<>();
    private final Map<String, Long> starts = new HashMap<>();
    private int column;

    /** @param root the workspace's: paths in it are shown relative to it */
    public WorkflowView(Screen screen, Path root) {
        this.screen = screen;
        this.paint = screen.paint();
        this.root = root;
        this.status = new StatusLine(screen, root);
    }

    @Override
    public synchronized void accept(Happening happening) {
        status.accept(happening);
        Place place = happening.place();
        switch (happening) {
            case Happening.Started started -> {
                starts.putIfAbsent(place.node(), System.nanoTime());
                if (started.attempt() > 1) {
                    line(place, paint.doubtful("↻"), "begins again, attempt " + started.attempt(), "");
                }
            }
            case Happening.Began began -> {
                agents.put(key(place), began.profile());
                boolean scripted = began.profile().scripted();
                line(
                        place,
                        paint.faint("▸"),
                        SafeText.line(began.profile().agent()),
                        scripted
                                ? " (scripted replies)"
                                : " on " + began.profile().model());
            }
            case Happening.Replied replied -> {
                replied.other()
                        .ifPresent(
                                other -> line(place, paint.doubtful("↻"), "answered by " + SafeText.line(other), ""));
                String said = SafeText.line(replied.text());
                if (replied.calls() > 0 && !said.isEmpty()) {
                    line(place, " ", said, "");
                }
            }
            case Happening.Called called -> called(place, called.call());
            case Happening.Faltered faltered -> {} // the attempt tells it
            case Happening.Tried tried ->
                AttemptText.of(tried.attempt()).ifPresent(what -> line(place, paint.doubtful("↻"), what, ""));
            case Happening.Waits waits ->
                AttemptText.of(waits.asked()).ifPresent(what -> line(place, paint.doubtful("◔"), what, ""));
            case Happening.Checked checked ->
                line(
                        place,
                        checked.report().open().isEmpty() ? paint.good("✓") : paint.doubtful("○"),
                        "checklist: " + ChecklistText.counts(checked.report()),
                        "");
            case Happening.Merged merged ->
                line(merged.place(), MergedText.sign(merged, paint), MergedText.of(merged), "");
            case Happening.Compacted compacted -> line(place, " ", ContextText.of(compacted.compaction()), "");
            case Happening.Summarized summarized -> {}
            case Happening.Hooked hooked ->
                hooked.ran().forEach(ran -> line(place, paint.doubtful("⚑"), "hook " + ran.event(), ": " + ran.told()));
            case Happening.Completed completed -> completed(completed);
            case Happening.Broke broke ->
                line(
                        place,
                        paint.bad("✗"),
                        broke.retried() ? "failed and is tried again" : "failed",
                        ": " + broke.failure().message());
            case Happening.Routed routed -> {
                if (routed.handedOn().isPresent() && routed.route().undecided().isEmpty()) {
                    String to = routed.route().match().chosen().orElse("nobody");
                    line(
                            place,
                            "→",
                            "handed on to " + to,
                            ": " + routed.route().match().reason());
                }
            }
            case Happening.Planned planned -> {} // its approval shows it
            case Happening.Thinking thinking -> {}
            case Happening.Speaking speaking -> {}
            case Happening.Calling calling -> {}
            case Happening.Showing showing -> {}
            case Happening.Asked asked -> {}
            case Happening.Answered answered -> {}
            case Happening.Low low ->
                screen.text("", paint.doubtful("⚠ ") + SafeText.line(SpentText.low(low.budget())));
            case Happening.Ended ended -> {}
        }
    }

    private void called(Place place, CallRecord call) {
        String took = call.took().compareTo(WORTH_TELLING) < 0 ? "" : " · " + Times.of(call.took());
        String result = CallText.result(call);
        line(
                place,
                call.isGood() ? paint.good("✓") : paint.bad("✗"),
                CallText.of(call.call(), root),
                took + (result.isEmpty() ? "" : " · " + result));
    }

    private void completed(Happening.Completed completed) {
        Place place = completed.place();
        if (!agents.containsKey(key(place))) {
            return; // it only holds others, which have been told
        }
        long nanos = System.nanoTime() - starts.getOrDefault(place.node(), System.nanoTime());
        String wrote = completed.writes().isEmpty()
                ? ""
                : " · "
                        + String.join(
                                ", ",
                                completed.writes().stream()
                                        .map(write -> (completed.writes().size() == 1 ? "" : write.channel() + ": ")
                                                + ChannelText.inLine(write.value()))
                                        .toList());
        line(place, paint.good("■"), "done in " + Times.of(Duration.ofNanos(nanos)), wrote);
    }

    /** @param said what has to be seen @param more what may be cut off */
    private void line(Place place, String sign, String said, String more) {
        String path = SafeText.line(place.node() + (place.scope().isEmpty() ? "" : " › " + place.agent()));
        int most = Math.min(WIDEST_PATH, screen.width() / 3);
        column = Math.max(column, Math.min(most, Columns.of(path)));
        String shown = Columns.pad(Columns.cut(path, column), column);
        Optional<AgentProfile> agent = Optional.ofNullable(agents.get(key(place)));
        String painted = agent.map(each -> paint.agent(each.agent(), each.color(), shown))
                .orElse(paint.bold(shown));
        int room = screen.width() - column - 4;
        String begin = Columns.cut(said, room);
        int left = room - Columns.of(begin);
        String end = left < 6 ? "" : Columns.cut(SafeText.line("." + more).substring(1), left);
        screen.line(painted + "  " + sign + " " + begin + paint.faint(end));
    }

    private static String key(Place place) {
        return place.node() + " " + place.scope();
    }

    /** Nothing moves from now on. */
    public void stop() {
        status.close();
    }

    @Override
    public void close() {
        stop();
    }
}
