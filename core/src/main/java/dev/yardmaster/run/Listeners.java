package dev.yardmaster.run;

import dev.yardmaster.event.RunEvent;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Everybody who is told what happens in runs. */
final class Listeners {

    private final List<Consumer<RunEvent>> all;

    Listeners(List<Consumer<RunEvent>> all) {
        this.all = List.copyOf(all);
    }

    void tell(RunEvent event) {
        for (Consumer<RunEvent> each : all) {
            try {
                each.accept(event);
            } catch (Throwable e) { // errors, too: a library that does not fit is the listener's trouble, not the run's
                LoggerFactory.getLogger(Listeners.class)
                        .warn("a listener failed; the run goes on without it being told", e);
            }
        }
    }
}
