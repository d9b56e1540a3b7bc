package dev.yardmaster.cli.command;

import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.agent.ModelAttempt;
import dev.yardmaster.cli.output.AttemptText;
import dev.yardmaster.cli.output.Happening;
import dev.yardmaster.cli.output.Report;
import dev.yardmaster.cli.output.RouteText;
import dev.yardmaster.cli.output.SpentText;
import dev.yardmaster.cli.output.Times;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.FollowUp;
import dev.yardmaster.dispatch.RoutedPlan;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.model.Secrets;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.run.RunFile;
import dev.yardmaster.run.RunView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A run as its journal tells it. */
final class RunText {

    private final Screen screen;
    private final RunSummary run;
    private final RunView view;

    RunText(Screen screen, RunSummary run, RunView view) {
        this.screen = screen;
        this.run = run;
        this.view = view;
    }

    /** @param undone when it was undone; empty when it was not */
    void summary(Optional<String> undone) {
        screen.line(screen.paint().bold("Run") + "  " + run.id() + "  " + RunsCommand.word(run) + ", "
                + Times.of(Duration.between(view.startedAt(), view.lastAt())) + " from first to last entry");
        screen.text("  ", SafeText.of(Errand.task(run)));
        Optional.ofNullable(run.labels().get(FollowUp.CONTINUES))
                .ifPresent(earlier -> screen.line("  goes on from run " + SafeText.line(earlier)));
        undone.ifPresent(when -> screen.line("  undone " + SafeText.line(when)));
        screen.line(screen.paint().bold("Nodes"));
        for (RunView.NodeView node : view.nodes()) {
            String again = node.attempts() > 1 ? ", begun " + node.attempts() + " times" : "";
            screen.line("  " + SafeText.line(node.path().value()) + "  "
                    + node.status().name().toLowerCase(java.util.Locale.ROOT) + again);
        }
        screen.line(screen.paint().bold("Tokens") + "  " + Times.tokens(view.usage()));
        spent();
        routes();
        decisions();
        for (Failure failure : view.failures()) {
            screen.line(screen.paint().bad("Failed at ")
                    + SafeText.line(failure.at().value()));
            screen.text("  ", SafeText.of(failure.message()));
        }
        view.waitsUntil().ifPresent(due -> screen.line(screen.paint().doubtful("Waits until ") + Times.at(due)));
        new Waiting(screen, view).show();
        Optional<String> larger = SpentText.goesOn(run.id().value(), view.failures());
        if (view.status() == RunStatus.FAILED && larger.isPresent()) {
            screen.text("", "Next: " + larger.get());
        } else if (!view.status().isEnd() && !run.owned() && view.questions().isEmpty()) {
            screen.text("", "Next: yardmaster resume " + run.id());
        }
    }

    /** Turns, cost, and the limits they are under. */
    private void spent() {
        screen.text("", SpentText.turns(Report.interrupted(view)));
        List<String> limits = SpentText.limits(view.budget());
        if (!limits.isEmpty()) {
            screen.text("", "Budget  " + String.join(", ", limits) + "; worked for " + Times.of(view.worked()));
        }
    }

    /** Who got what, and why. */
    private void routes() {
        var text = new RouteText(screen);
        for (Happening.Routed routed : Report.interrupted(view).routes()) {
            if (routed.handedOn().isPresent()) {
                text.handedOn(routed.place(), routed.route());
            } else {
                text.show(routed.route());
            }
        }
        for (RoutedPlan plan : Report.interrupted(view).plans()) {
            screen.line(screen.paint().bold("Plan") + (plan.round() > 1 ? "  made anew" : ""));
            plan.subtasks().forEach(text::part);
        }
    }

    /** Why calls ran or did not: each rule or mode that decided, and where it was written. */
    private void decisions() {
        var counts = new TreeMap<String, Integer>();
        for (Fact.StepFinished step : view.facts(Fact.StepFinished.class)) {
            decision(step)
                    .ifPresent(each -> counts.merge(
                            each.behavior().name().toLowerCase(Locale.ROOT) + "\t" + each.rule() + " (" + each.source()
                                    + ")",
                            1,
                            Integer::sum));
        }
        if (counts.isEmpty()) {
            return;
        }
        screen.line(screen.paint().bold("Permissions") + "  what decided about calls");
        counts.forEach((what, count) -> {
            String[] parts = what.split("\t", 2);
            List<String> lines = Columns.wrap(SafeText.line(Secrets.hide(parts[1])), Math.max(20, screen.width() - 14));
            screen.line(String.format("  %-5s %4d  %s", parts[0], count, lines.getFirst()));
            lines.stream().skip(1).forEach(line -> screen.line("              " + line));
        });
    }

    private static Optional<Decision> decision(Fact.StepFinished step) {
        boolean decides = AgentStep.find(step.step())
                .filter(each -> each.kind() == AgentStep.Kind.DECISION)
                .isPresent();
        return decides ? step.output().map(each -> each.as(Decision.class)) : Optional.empty();
    }

    private static String decided(Decision decision) {
        return ": " + decision.behavior().name().toLowerCase(Locale.ROOT) + " by " + decision.rule() + " ("
                + decision.source() + ")";
    }

    private static String took(Fact.StepFinished step) {
        return (step.failure().isPresent() ? " failed" : "") + " in " + Times.of(step.took());
    }

    void entries() {
        for (RunEvent.Recorded each : view.entries()) {
            String what = switch (each.entry().fact()) {
                case Fact.StepStarted started -> started.step() + " " + started.effect();
                case Fact.StepFinished finished ->
                    finished.step() + decision(finished).map(RunText::decided).orElse(took(finished));
                case Fact.QuestionAsked asked -> asked.question().text();
                case Fact.QuestionAnswered answered ->
                    answered.answer().choice() + " by " + answered.answer().by();
                case Fact.Noted noted -> noted(noted);
                case Fact.TimerSet timer -> timer.step() + " until " + Times.at(timer.due());
                case Fact.NodeFailed failed -> failed.failure().message();
                case Fact.RunSuspended suspended -> suspended.reason();
                default -> "";
            };
            String line = String.format(
                    "%5d  %s  %-17s %s  %s",
                    each.offset(), each.at(), each.entry().type(), each.entry().at(), what);
            screen.line(Columns.cut(SafeText.line(Secrets.hide(line)), screen.width()));
        }
    }

    private static String noted(Fact.Noted noted) {
        boolean attempt =
                AgentStep.find(noted.about()).filter(AttemptText::isReply).isPresent();
        return noted.about() + " "
                + (attempt
                        ? AttemptText.recorded(noted.note().as(ModelAttempt.class))
                        : noted.note().text());
    }

    /** An entry as a JSON line, without what is a secret now; what was one when it was recorded is not there. */
    static String json(RunEvent.Recorded each, UnaryOperator<String> secrets) {
        return Json.parse(RunFile.line(each)).withStrings(secrets).text();
    }
}
