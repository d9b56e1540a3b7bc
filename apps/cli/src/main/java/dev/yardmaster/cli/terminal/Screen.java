package dev.yardmaster.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Where lines are written. On a terminal the last line may be a status that changes in place; everything else scrolls
 * above it. Thread-safe.
 */
public final class Screen {

    private static final int NARROWEST = 24;
    private static final int WHEN_UNKNOWN = 100;
    private static final int WIDEST = 160;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final Caller caller;
    private final Paint paint;
    private final boolean moving;
    private final List<String> held = new ArrayList<>();
    private String status = "";
    private boolean holding;

    private Screen(PrintStream out, Caller caller, Paint paint, boolean moving) {
        this.out = out;
        this.caller = caller;
        this.paint = paint;
        this.moving = moving;
    }

    /** On standard output. */
    public static Screen out(Caller caller, Paint.When colours) {
        return on(caller.out(), caller, colours, caller.tty().out());
    }

    /** On standard error. */
    public static Screen err(Caller caller, Paint.When colours) {
        return on(caller.err(), caller, colours, caller.tty().err());
    }

    private static Screen on(PrintStream out, Caller caller, Paint.When colours, boolean terminal) {
        boolean dumb = caller.variable("TERM").orElse("").equals("dumb");
        return new Screen(out, caller, Paint.of(colours, caller, terminal), terminal && !dumb);
    }

    public Paint paint() {
        return paint;
    }

    /** Whether there is a status line. */
    public boolean isMoving() {
        return moving;
    }

    /** The columns there are: of {@code COLUMNS} or the terminal, at least 24; 100 where nobody can tell. */
    public int width() {
        int columns = caller.variable("COLUMNS")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .or(caller.tty().columns())
                .orElse(WHEN_UNKNOWN);
        return Math.clamp(columns, NARROWEST, WIDEST);
    }

    /** Writes a line that is safe to show and fits. */
    public void line(String line) {
        lines(List.of(line));
    }

    public void line() {
        line("");
    }

    /** Writes lines that belong together. */
    public synchronized void lines(List<String> lines) {
        if (holding) {
            held.addAll(lines);
            return;
        }
        clear();
        lines.forEach(out::println);
        redraw();
    }

    /** Wraps a text, each line behind the indent. */
    public void text(String indent, String text) {
        lines(Columns.wrap(text, width() - Columns.of(indent)).stream()
                .map(line -> line.isEmpty() ? "" : indent + line)
                .toList());
    }

    /** Puts a line below everything, in place of the one before; nothing where the screen cannot move. */
    public synchronized void status(String line) {
        if (!moving || holding || line.equals(status)) {
            return;
        }
        clear();
        status = line;
        redraw();
    }

    /** Writes a question; until {@link #release} whatever else is written waits. */
    public synchronized void hold(List<String> question, String prompt) {
        clear();
        status = "";
        holding = true;
        question.forEach(out::println);
        out.print(prompt);
        out.flush();
    }

    /** Writes more of what is asked. */
    public synchronized void prompt(String text) {
        out.print(text);
        out.flush();
    }

    /** The question is answered: what waited is written. */
    public synchronized void release() {
        holding = false;
        held.forEach(out::println);
        held.clear();
        out.flush();
    }

    private void clear() {
        if (!status.isEmpty()) {
            out.print(CLEAR_LINE);
        }
    }

    private void redraw() {
        if (!status.isEmpty()) {
            out.print(status);
        }
        out.flush();
    }
}
