package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares what a run's journal says with what happened outside, and looks whether the journal can be true at all. */
final class Audit {

    private final List<RunEvent.Recorded> entries;
    private final List<String> troubles = new ArrayList<>();
    private int lost;
    private int duplicated;
    private int surfaced;

    Audit(List<RunEvent.Recorded> entries, Path folder) {
        this.entries = entries;
        for (KillWorkflow.Deed deed : KillWorkflow.deeds()) {
            look(deed, KillWorkflow.times(folder, deed));
        }
        if (entries.isEmpty()) {
            troubles.add("there is no run");
        } else {
            story();
        }
    }

    private void look(KillWorkflow.Deed deed, long times) {
        long started = steps(Fact.StepStarted.class).stream()
                .filter(step -> step.step().equals(deed.step()))
                .count();
        boolean doubt = steps(Fact.StepFinished.class).stream()
                .anyMatch(step -> step.step().equals(deed.step() + "/doubt")
                        || step.step().equals(deed.step())
                                && step.output()
                                        .map(output -> output.text().contains("\"in-doubt\""))
                                        .orElse(false));
        surfaced += doubt ? 1 : 0;
        if (times == 0 && !doubt) {
            lost++;
            troubles.add(deed.key() + " (" + deed.effect() + ") was lost");
        }
        // the same idempotent effect may be sent again, but never more often than the journal says it was begun
        long allowed = deed.effect() == Effect.IDEMPOTENT ? started : 1;
        if (times > Math.max(1, allowed) || times > started) {
            duplicated++;
            troubles.add(deed.key() + " (" + deed.effect() + ") happened " + times + " times and was begun " + started
                    + " times");
        }
    }

    private <F extends Fact> List<F> steps(Class<F> type) {
        return entries.stream()
                .map(each -> each.entry().fact())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** What is finished is finished, a question is asked and answered once, and the end is the end. */
    private void story() {
        var over = new HashSet<String>();
        long offset = 0;
        for (RunEvent.Recorded each : entries) {
            if (each.offset() != offset++) {
                troubles.add("entry " + each.offset() + " stands at place " + (offset - 1));
            }
            String at = each.entry().at() + " ";
            switch (each.entry().fact()) {
                case Fact.NodeStarted started -> open(over, at);
                case Fact.NodeCompleted completed -> close(over, at);
                case Fact.StepStarted step -> open(over, at + step.step());
                case Fact.StepFinished step -> close(over, at + step.step());
                case Fact.TimerFired timer -> close(over, at + timer.step());
                case Fact.QuestionAsked asked -> close(over, "asked " + asked.id());
                case Fact.QuestionAnswered answered ->
                    close(over, "answered " + answered.answer().question());
                default -> {}
            }
        }
        if (steps(Fact.QuestionAnswered.class).size() != 2) {
            troubles.add("not every question was answered");
        }
        if (!(entries.getLast().entry().fact() instanceof Fact.RunCompleted)) {
            troubles.add("the journal ends with " + entries.getLast().entry());
        }
    }

    private void open(Set<String> over, String what) {
        if (over.contains(what)) {
            troubles.add("'" + what + "' was begun again after its end");
        }
    }

    private void close(Set<String> over, String what) {
        if (!over.add(what)) {
            troubles.add("'" + what + "' came to its end twice");
        }
    }

    int lost() {
        return lost;
    }

    int duplicated() {
        return duplicated;
    }

    int surfaced() {
        return surfaced;
    }

    List<String> troubles() {
        return troubles;
    }
}
