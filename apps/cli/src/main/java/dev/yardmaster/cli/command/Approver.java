package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.AskedText;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Keyboard;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.run.Responder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Asks the person at the terminal; where there is none, nobody answers, and the run waits. */
final class Approver implements Responder {

    private static final List<String> APPROVAL = List.of("allow", "always", "edit", "deny");
    private static final String BY = "terminal";

    private final Screen screen;
    private final boolean able;
    private final Keyboard keyboard;
    private final ReentrantLock turn = new ReentrantLock(true);

    private Approver(Caller caller, Screen screen, boolean able) {
        this.screen = screen;
        this.able = able;
        this.keyboard = new Keyboard(caller.in());
    }

    /** Asks on the screen that the run is shown on; beside it, on standard error, where that is no terminal. */
    static Approver on(Caller caller, Screen screen, Paint.When colours) {
        return caller.tty().out() ? new Approver(caller, screen, caller.tty().in()) : beside(caller, colours);
    }

    /** Asks on standard error: standard output is a program's. */
    static Approver beside(Caller caller, Paint.When colours) {
        return new Approver(
                caller,
                Screen.err(caller, colours),
                caller.tty().in() && caller.tty().err());
    }

    @Override
    public Optional<Answer> answer(RunId run, String id, Question question) {
        boolean approval = question.choices().equals(APPROVAL);
        if (!able) {
            return Optional.empty(); // the run waits: somebody may answer it later
        }
        try {
            turn.lockInterruptibly();
            try {
                return Optional.of(approval ? approve(id, question) : choose(id, question));
            } finally {
                screen.release();
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Answer approve(String id, Question question) throws InterruptedException {
        keyboard.forget();
        screen.hold(asked(id, question), "  once (o), always (a), edit (e), or no (n, and why): ");
        while (true) {
            Optional<String> line = keyboard.line();
            if (line.isEmpty()) {
                screen.prompt("\n  end of input (Ctrl-D): taken as no\n");
                return new Answer(id, "deny", "the person at the terminal ended the input instead of answering", BY);
            }
            String[] words = line.get().strip().split("\\s+", 2);
            String why = words.length < 2 ? "" : words[1];
            switch (words[0].toLowerCase(java.util.Locale.ROOT)) {
                case "o", "once", "y", "yes" -> {
                    return new Answer(id, "allow", why, BY);
                }
                case "a", "always" -> {
                    return new Answer(id, "always", why, BY);
                }
                case "e", "edit" -> {
                    return new Answer(id, "edit", why, BY);
                }
                case "n", "no" -> {
                    return new Answer(id, "deny", why, BY);
                }
                default -> screen.prompt("  please answer o, a, e or n (n because …): ");
            }
        }
    }

    /** What is asked, to the last character: it is what is decided on. */
    private List<String> asked(String id, Question question) {
        var paint = screen.paint();
        var lines = new ArrayList<String>();
        int width = screen.width() - 4;
        String text = named(id) + SafeText.exact(question.text());
        lines.add(paint.doubtful("? ") + paint.bold(Columns.wrap(text, width).getFirst()));
        Columns.wrap(text, width).stream().skip(1).forEach(line -> lines.add("    " + line));
        AskedText.of(question, paint, width).forEach(line -> lines.add("    " + line));
        String reason = question.details().getOrDefault("reason", "");
        String rule = question.details().getOrDefault("rule", "");
        if (!reason.isEmpty()) {
            Columns.wrap(
                            "asked because " + SafeText.line(reason)
                                    + (rule.isEmpty() ? "" : " (" + SafeText.line(rule) + ")"),
                            width)
                    .forEach(line -> lines.add("  " + paint.faint(line)));
        }
        Columns.wrap("always: this very call, until the work is over", width)
                .forEach(line -> lines.add("  " + paint.faint(line)));
        return lines;
    }

    /** Which node asks, where there may be several. */
    private static String named(String id) {
        String node = Waiting.node(id);
        return node.equals("work") ? "" : node + ": ";
    }

    /** A further task for the same agent; empty when that is all, or nobody is there to be asked. */
    Optional<String> more() throws InterruptedException {
        if (!able) {
            return Optional.empty();
        }
        keyboard.forget();
        screen.hold(List.of(""), "Go on? (empty line: no) ");
        try {
            return keyboard.line().map(String::strip).filter(task -> !task.isEmpty());
        } finally {
            screen.release();
        }
    }

    private Answer choose(String id, Question question) throws InterruptedException {
        String now = SafeText.exact(question.details().getOrDefault("text", ""));
        if (now.isEmpty()
                || !question.choices()
                        .isEmpty()) { // else it goes on from the answer before, and what was typed since belongs to it
            keyboard.forget();
        }
        var lines = new ArrayList<String>();
        Columns.wrap("? " + SafeText.exact(question.text()), screen.width()).forEach(lines::add);
        if (!now.isEmpty()) {
            Columns.wrap(now, screen.width() - 4).forEach(line -> lines.add("    " + line));
        }
        for (int i = 0; i < question.choices().size(); i++) {
            lines.add("  " + (i + 1) + "  " + SafeText.line(question.choices().get(i)));
        }
        screen.hold(
                lines,
                question.choices().isEmpty()
                        ? (now.isEmpty() ? "  your answer: " : "  instead (empty: no): ")
                        : "  number: ");
        while (true) {
            Optional<String> line = keyboard.line();
            if (line.isEmpty()) {
                String safest =
                        question.choices().isEmpty() ? "" : question.choices().getLast();
                screen.prompt("\n  end of input (Ctrl-D)" + (safest.isEmpty() ? "" : ": taken as " + safest) + "\n");
                return new Answer(id, safest, "the input ended", BY);
            }
            String typed = line.get().strip();
            if (question.choices().isEmpty() || question.choices().contains(typed)) {
                return new Answer(id, typed, "", BY);
            }
            if (typed.matches("\\d{1,3}")
                    && Integer.parseInt(typed) >= 1
                    && Integer.parseInt(typed) <= question.choices().size()) {
                return new Answer(id, question.choices().get(Integer.parseInt(typed) - 1), "", BY);
            }
            screen.prompt("  please answer with a number from 1 to "
                    + question.choices().size() + ": ");
        }
    }
}
