package dev.yardmaster.run;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.Spending;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Opens the accounts of a run: what was used up before is read from its journal. */
final class Accounts {

    private final RunRecord record;
    private final InstantSource clock;
    private final Account ofRun;

    Accounts(Budget budget, Spending spent, RunRecord record, InstantSource clock) {
        this.record = record;
        this.clock = clock;
        this.ofRun = budget.limitsNothing() ? Account.unlimited() : limited(budget, spent);
    }

    private Account limited(Budget budget, Spending spent) {
        var owner = new Account.Owner(NodePath.run(), "run '" + record.run() + "'", budget);
        return Account.ofRun(owner, spent, worked(budget, all -> Duration.ZERO), record::publish);
    }

    Account ofRun() {
        return ofRun;
    }

    /**
     * Opens one for what is done in a scope of an execution.
     *
     * @param memory what was recorded of the execution before
     */
    Account open(Account around, Account.Owner owner, String scope, StepMemory memory) {
        Spending spent = memory.spent(owner.at(), scope);
        Supplier<Duration> working = worked(owner.budget(), all -> {
            Duration before = memory.attempts(owner.at()) == 0 ? Duration.ZERO : worked(owner.at(), scope);
            return all.until(clock.instant()).minus(before);
        });
        return around.child(owner, spent, working, record::publish);
    }

    /** @param begun how long there had been work in the run when what the account is for began */
    private Supplier<Duration> worked(Budget budget, Function<Worktime, Duration> begun) {
        if (!budget.limits(Budget.Measure.TIME)) {
            return () -> Duration.ZERO;
        }
        Worktime all = record.worktime();
        Duration start = begun.apply(all);
        return () -> all.until(clock.instant()).minus(start);
    }

    private Duration worked(NodePath at, String scope) {
        List<RunEvent.Recorded> own = record.events(0).stream()
                .filter(each ->
                        each.entry().at().equals(at) && isIn(scope, each.entry().fact()))
                .toList();
        return own.isEmpty()
                ? Duration.ZERO
                : Worktime.of(own).until(own.getLast().at());
    }

    private static boolean isIn(String scope, Fact fact) {
        return switch (fact) {
            case Fact.NodeStarted started -> true;
            case Fact.StepStarted started -> started.step().startsWith(scope);
            case Fact.StepFinished finished -> finished.step().startsWith(scope);
            case Fact.QuestionAsked asked -> true;
            case Fact.TimerFired fired -> true;
            default -> false;
        };
    }
}
