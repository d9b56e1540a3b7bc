package dev.yardmaster.cli.output;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.ChecklistReport;
import dev.yardmaster.cli.output.Happening.CallRecord;
import dev.yardmaster.cli.output.Happening.Place;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.Route;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.routing.Match;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Shows what a run does while it does it: a line for each thing that is over, and what is going on in the status line. */
public final class ProgressView implements Consumer<Happening>, AutoCloseable {

    private static final int MOST_LINES_SAID = 8;
    private static final Duration WORTH_TELLING = Duration.ofMillis(500);

    private final Screen screen;
    private final Paint paint;
    private final Path root;
    private final StatusLine status;
    private final Map<String, AgentProfile> agents = new HashMap<>();
    private String speaker = "";

    /** @param root the workspace's: paths in it are shown relative to it */
    public ProgressView(Screen screen, Path root) {
        this.screen = screen;
        this.paint = screen.paint();
        this.root = root;
        this.status = new StatusLine(screen, root);
    }

    @Override
    public synchronized void accept(Happening happening) {
        status.accept(happening);
        switch (happening) {
            case Happening.Routed routed -> routed(routed);
            case Happening.Planned planned -> {}
            case Happening.Started started -> {}
            case Happening.Completed completed -> {}
            case Happening.Began began -> began(began);
            case Happening.Thinking thinking -> {}
            case Happening.Replied replied -> replied(replied);
            case Happening.Calling calling -> {}
            case Happening.Showing showing -> {}
            case Happening.Speaking speaking -> {}
            case Happening.Faltered faltered -> {} // the attempt tells it
            case Happening.Tried tried ->
                AttemptText.of(tried.attempt()).ifPresent(what -> screen.text("  ", paint.doubtful("↻ ") + what));
            case Happening.Waits waits ->
                AttemptText.of(waits.asked()).ifPresent(what -> screen.text("  ", paint.doubtful("◔ ") + what));
            case Happening.Called called -> called(called.place(), called.call());
            case Happening.Summarized summarized -> {}
            case Happening.Compacted compacted -> {
                speaks(compacted.place());
                screen.line("  " + paint.faint(ContextText.of(compacted.compaction())));
            }
            case Happening.Merged merged -> {
                speaks(merged.place());
                screen.text("  ", MergedText.sign(merged, paint) + " " + MergedText.of(merged));
            }
            case Happening.Hooked hooked -> hooked(hooked);
            case Happening.Asked asked -> {}
            case Happening.Answered answered -> {}
            case Happening.Checked checked -> checked(checked.place(), checked.report());
            case Happening.Broke broke -> broke(broke);
            case Happening.Low low ->
                screen.text("", paint.doubtful("⚠ ") + SafeText.line(SpentText.low(low.budget())));
            case Happening.Ended ended -> {}
        }
    }

    /** What the router found was told before the work began; what a model or a check made of it was not. */
    private void routed(Happening.Routed routed) {
        Route route = routed.route();
        if (routed.handedOn().isPresent()) {
            if (route.undecided().isEmpty()) {
                speaks(routed.place());
                new RouteText(screen).handedOn(route);
            }
        } else if (route.match().stage() == Match.Stage.MODEL
                || !route.passedOver().isEmpty()) {
            new RouteText(screen).decision(route);
        }
    }

    private void began(Happening.Began began) {
        AgentProfile profile = began.profile();
        agents.put(key(began.place()), profile);
        String name = SafeText.line(profile.agent());
        String rest = " on " + SafeText.line(profile.model()) + (profile.scripted() ? " (scripted replies)" : "");
        screen.line(paint.agent(profile.agent(), profile.color(), "● " + name)
                + paint.faint(Columns.cut(rest, screen.width() - Columns.of(name) - 2)));
        speaker = key(began.place());
        HandoutText.lines(profile.handed(), root)
                .forEach(line -> screen.line("  " + paint.faint(Columns.cut(SafeText.line(line), screen.width() - 2))));
    }

    private void replied(Happening.Replied replied) {
        replied.other().ifPresent(other -> screen.text("  ", paint.faint("answered by " + SafeText.line(other))));
        if (replied.calls() == 0 || replied.text().isBlank()) {
            return; // last words and verdicts are told in the end
        }
        speaks(replied.place());
        List<String> lines = Columns.wrap(SafeText.of(replied.text()).strip(), screen.width() - 2);
        lines.stream().limit(MOST_LINES_SAID).forEach(line -> screen.line(line.isEmpty() ? "" : "  " + line));
        if (lines.size() > MOST_LINES_SAID) {
            screen.line("  " + paint.faint("… " + (lines.size() - MOST_LINES_SAID) + " more lines"));
        }
    }

    /** Names the agent again when another one has spoken in between. */
    private void speaks(Place place) {
        if (!speaker.equals(key(place)) && agents.containsKey(key(place))) {
            AgentProfile profile = agents.get(key(place));
            screen.line(paint.agent(profile.agent(), profile.color(), "● " + SafeText.line(profile.agent())));
        }
        speaker = key(place);
    }

    private void called(Place place, CallRecord call) {
        speaks(place);
        String what = CallText.of(call.call(), root);
        String result = CallText.result(call);
        String took = call.took().compareTo(WORTH_TELLING) < 0 ? "" : " · " + Times.of(call.took());
        int room = screen.width() - 4;
        String shown = Columns.cut(what, Math.max(room - Columns.of(took) - 12, room / 2));
        int left = room - Columns.of(shown) - Columns.of(took) - 3;
        String tail = result.isEmpty() || left < 8 && call.isGood() ? "" : " · " + Columns.cut(result, left);
        if (call.isGood()) {
            screen.line("  " + paint.good("✓") + " " + shown + paint.faint(tail + took));
        } else {
            screen.line("  " + paint.bad("✗") + " " + shown + paint.faint(took));
            Columns.wrap(result, room - 2).stream().limit(4).forEach(line -> screen.line("    " + paint.bad(line)));
        }
    }

    private void hooked(Happening.Hooked hooked) {
        speaks(hooked.place());
        for (HookVerdict.Ran ran : hooked.ran()) {
            String line = "hook " + ran.event() + " (" + ran.source().replace(root + "/", "") + ") " + ran.told();
            Columns.wrap(SafeText.line(line), screen.width() - 4).stream()
                    .limit(4)
                    .forEach(each -> screen.line("  " + paint.doubtful("⚑") + " " + each));
        }
    }

    private void checked(Place place, ChecklistReport report) {
        speaks(place);
        int open = report.open().size();
        screen.line("  "
                + (open == 0 ? paint.good("✓") : paint.doubtful("○"))
                + " checklist: " + ChecklistText.counts(report));
    }

    private void broke(Happening.Broke broke) {
        speaker = "";
        screen.line(
                paint.bad("✗ " + broke.place().node() + (broke.retried() ? " failed and is tried again" : " failed")));
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
