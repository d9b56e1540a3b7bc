package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.AskedText;
import dev.yardmaster.cli.output.Report;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.Question;
import dev.yardmaster.run.RunView;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run waits to be told, and how to tell it. */
final class Waiting {

    private final Screen screen;
    private final RunView view;

    Waiting(Screen screen, RunView view) {
        this.screen = screen;
        this.view = view;
    }

    /** After the work. Who interrupted it was just asked, and is told how to go on; that asks again. */
    static void show(Screen screen, Report report) {
        if (report.ending() != Report.Ending.INTERRUPTED) {
            new Waiting(screen, report.view()).show();
        }
    }

    void show() {
        int number = 1;
        for (Map.Entry<String, Question> each : view.questions().entrySet()) {
            Question question = each.getValue();
            screen.line(screen.paint().doubtful("? ") + screen.paint().bold("Question " + number));
            screen.text("  ", SafeText.of(question.text()));
            AskedText.of(question, screen.paint(), screen.width() - 4).forEach(line -> screen.line("    " + line));
            screen.text("  ", "at " + node(each.getKey()));
            String reason = question.details().getOrDefault("reason", "");
            if (!reason.isEmpty()) {
                screen.text("  ", "asked because " + SafeText.line(reason));
            }
            String text = question.details().getOrDefault("text", "");
            if (!text.isEmpty()) {
                SafeText.of(text).lines().forEach(line -> screen.line("    " + line));
            }
            String choices = question.choices().isEmpty()
                    ? "'ANSWER'"
                    : question.choices().stream()
                            .filter(choice -> !choice.equals("edit")) // takes a terminal
                            .collect(Collectors.joining("|"));
            screen.text("  ", "yardmaster answer " + view.id() + " " + number + " " + SafeText.line(choices));
            String allow = howToAllow(question);
            if (question.choices().contains("edit")) {
                screen.text("  ", "To run it with other arguments: allow --arguments '{…}'");
            }
            if (!allow.isEmpty()) {
                screen.text("  ", allow);
            }
            number++;
        }
        if (!view.questions().isEmpty()) {
            screen.text("", "Then: yardmaster resume " + view.id());
        }
    }

    /** The node that asks, safe to be shown: two of one agent may ask the same. */
    static String node(String question) {
        return SafeText.line(question.replaceFirst(":.*", ""));
    }

    private static String howToAllow(Question question) {
        String tool = question.details().getOrDefault("tool", "");
        String rule = question.details().getOrDefault("rule", "");
        if (tool.isEmpty()) {
            return "";
        }
        if (rule.equals("protected") || rule.equals("critical")) {
            return "Only a person can allow this.";
        }
        return "To allow it from the start: "
                + Allowing.words(tool, question.details().getOrDefault("arguments", "{}"));
    }
}
