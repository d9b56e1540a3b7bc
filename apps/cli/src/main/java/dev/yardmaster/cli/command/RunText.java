package dev.yardmaster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.yardmaster.cli.output.Times;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.FollowUp;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.model.Secrets;
import dev.yardmaster.run.RunView;
import java.time.Duration;
import java.util.Optional;

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

    void summary() {
        screen.line(screen.paint().bold("Run") + "  " + run.id() + "  " + RunsCommand.word(run) + ", "
                + Times.of(Duration.between(view.startedAt(), view.lastAt())) + " from first to last entry");
        screen.text("  ", SafeText.of(Errand.task(run)));
        Optional.ofNullable(run.labels().get(FollowUp.CONTINUES))
                .ifPresent(earlier -> screen.line("  goes on from run " + SafeText.line(earlier)));
        screen.line(screen.paint().bold("Nodes"));
        for (RunView.NodeView node : view.nodes()) {
            String again = node.attempts() > 1 ? ", begun " + node.attempts() + " times" : "";
            screen.line("  " + SafeText.line(node.path().value()) + "  "
                    + node.status().name().toLowerCase(java.util.Locale.ROOT) + again);
        }
        screen.line(
                screen.paint().bold("Tokens") + "  " + Times.number(view.usage().inputTokens()) + " in, "
                        + Times.number(view.usage().outputTokens()) + " out");
        for (Failure failure : view.failures()) {
            screen.line(screen.paint().bad("Failed at ")
                    + SafeText.line(failure.at().value()));
            screen.text("  ", SafeText.of(failure.message()));
        }
        new Waiting(screen, view).show();
        if (!view.status().isEnd() && !run.owned() && view.questions().isEmpty()) {
            screen.text("", "Next: yardmaster resume " + run.id());
        }
    }

    void entries() {
        for (RunEvent.Recorded each : view.entries()) {
            String what = switch (each.entry().fact()) {
                case Fact.StepStarted started -> started.step() + " " + started.effect();
                case Fact.StepFinished finished ->
                    finished.step() + (finished.failure().isPresent() ? " failed" : "") + " in "
                            + Times.of(finished.took());
                case Fact.QuestionAsked asked -> asked.question().text();
                case Fact.QuestionAnswered answered ->
                    answered.answer().choice() + " by " + answered.answer().by();
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

    /** An entry as a JSON line. */
    static String json(RunEvent.Recorded each) {
        var line = JsonNodeFactory.instance.objectNode();
        line.put("v", 1)
                .put("run", each.run().value())
                .put("offset", each.offset())
                .put("at", each.at().toString())
                .put("type", each.entry().type())
                .put("version", each.entry().version())
                .put("path", each.entry().at().value());
        line.set("fact", Json.parse(each.entry().json()).as(JsonNode.class));
        return Secrets.hide(Json.of(line).text());
    }
}
