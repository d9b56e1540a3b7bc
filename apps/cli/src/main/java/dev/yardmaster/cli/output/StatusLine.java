package dev.yardmaster.cli.output;

import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What is going on now, in one line that moves: the newest running call or model, its last words, how long it takes. */
final class StatusLine implements Consumer<Happening>, AutoCloseable {

    private static final List<String> FRAMES = List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏");
    private static final int PERIOD_MILLIS = 120;

    /** @param what is running @param said what it said last */
    private record Activity(String what, String said, long since) {

        private static final int KEPT = 200;

        /** With more of a text that comes in pieces: its last line. */
        Activity saying(String piece) {
            String all = said + piece;
            String line = all.substring(all.stripTrailing().lastIndexOf('\n') + 1);
            String kept = line.length() > KEPT ? line.substring(line.length() - KEPT) : line;
            return new Activity(what, kept, since);
        }
    }

    private final Screen screen;
    private final Path root;
    private final Map<String, Activity> running = new LinkedHashMap<>();
    private final ScheduledExecutorService ticker;
    private int frame;

    StatusLine(Screen screen, Path root) {
        this.screen = screen;
        this.root = root;
        this.ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("status").factory());
        if (screen.isMoving()) {
            ticker.scheduleAtFixedRate(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void accept(Happening happening) {
        String key = happening.place().node() + " " + happening.place().scope();
        switch (happening) {
            case Happening.Thinking thinking ->
                start(key, SafeText.line(thinking.place().agent()) + " is thinking");
            case Happening.Tried tried ->
                AttemptText.of(tried.attempt())
                        .ifPresent(
                                what -> start(key, SafeText.line(tried.place().agent()) + ": " + what));
            case Happening.Waits waits ->
                AttemptText.of(waits.asked())
                        .ifPresent(
                                what -> start(key, SafeText.line(waits.place().agent()) + " " + what));
            case Happening.Replied replied -> running.remove(key);
            case Happening.Summarized summarized -> running.remove(key);
            case Happening.Compacted compacted -> running.remove(key);
            case Happening.Calling calling ->
                start(calling.place().node() + " " + calling.step(), CallText.of(calling.call(), root));
            case Happening.Showing showing ->
                running.computeIfPresent(
                        showing.place().node() + " " + showing.step(),
                        (step, old) -> new Activity(old.what(), showing.line(), old.since()));
            case Happening.Speaking speaking ->
                running.computeIfPresent(key, (model, old) -> old.saying(speaking.text()));
            case Happening.Faltered faltered ->
                running.computeIfPresent(key, (model, old) -> new Activity(old.what(), "", old.since()));
            case Happening.Called called ->
                running.remove(called.place().node() + " " + called.call().step());
            case Happening.Broke broke ->
                running.keySet().removeIf(each -> each.startsWith(broke.place().node() + " "));
            case Happening.Ended ended -> running.clear();
            case Happening.Low low -> {}
            case Happening.Routed routed -> {}
            case Happening.Merged merged -> {}
            case Happening.Planned planned -> {}
            case Happening.Started started -> {}
            case Happening.Completed completed -> {}
            case Happening.Began began -> {}
            case Happening.Asked asked -> {}
            case Happening.Answered answered -> {}
            case Happening.Checked checked -> {}
            case Happening.Hooked hooked -> {}
        }
    }

    private void start(String key, String what) {
        running.put(key, new Activity(what, "", System.nanoTime()));
    }

    private synchronized void tick() {
        if (running.isEmpty()) {
            screen.status("");
            return;
        }
        Activity activity =
                running.values().stream().reduce((first, second) -> second).orElseThrow();
        frame = (frame + 1) % FRAMES.size();
        String time =
                " · " + Duration.ofNanos(System.nanoTime() - activity.since()).toSeconds() + " s"
                        + (running.size() > 1 ? " (+" + (running.size() - 1) + " more)" : "");
        int room = screen.width() - 3 - Columns.of(time);
        String what =
                Columns.cut(activity.what(), activity.said().isEmpty() ? room : Math.min(room, Math.max(room / 2, 12)));
        int left = room - Columns.of(what) - 3;
        String words = SafeText.line(activity.said());
        String said = words.isEmpty() || left < 8 ? "" : " · " + Columns.cut(words, left);
        screen.status(screen.paint().notable(FRAMES.get(frame)) + " " + what
                + screen.paint().faint(said + time));
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        try {
            ticker.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        screen.status("");
    }
}
