package dev.yardmaster.cli.terminal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Colours text, or leaves it as it is. The text has to be safe to show, and measured before it is painted. */
public final class Paint {

    /** The colours of the format of agent files, and the eight of terminals, by their codes. */
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("red", "31"),
            Map.entry("green", "32"),
            Map.entry("yellow", "33"),
            Map.entry("blue", "34"),
            Map.entry("magenta", "35"),
            Map.entry("purple", "35"),
            Map.entry("cyan", "36"),
            Map.entry("teal", "36"),
            Map.entry("orange", "38;5;208"),
            Map.entry("pink", "38;5;205"),
            Map.entry("violet", "38;5;141"),
            Map.entry("indigo", "38;5;105"),
            Map.entry("brown", "38;5;137"),
            Map.entry("gold", "38;5;220"),
            Map.entry("lime", "38;5;154"),
            Map.entry("navy", "38;5;69"),
            Map.entry("white", "37"),
            Map.entry("gray", "90"),
            Map.entry("grey", "90"),
            Map.entry("black", "90"));

    private static final String[] OTHERS = {"36", "35", "33", "34", "32", "38;5;208", "38;5;205", "38;5;141"};

    private final boolean on;

    private Paint(boolean on) {
        this.on = on;
    }

    /** No colours. */
    public static Paint off() {
        return new Paint(false);
    }

    /**
     * Colours as they are wanted: {@code --color} decides; left to itself there are colours on a terminal that is not
     * dumb and where {@code NO_COLOR} is not set (no-color.org).
     */
    public static Paint of(When when, Caller caller, boolean terminal) {
        return new Paint(
                switch (when) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO ->
                        terminal
                                && caller.variable("NO_COLOR").isEmpty()
                                && !caller.variable("TERM").orElse("").equals("dumb");
                });
    }

    /** When there are colours. */
    public enum When {
        AUTO,
        ALWAYS,
        NEVER
    }

    public boolean isOn() {
        return on;
    }

    public String bold(String text) {
        return code("1", text);
    }

    public String faint(String text) {
        return code("2", text);
    }

    public String good(String text) {
        return code("32", text);
    }

    public String bad(String text) {
        return code("31", text);
    }

    public String doubtful(String text) {
        return code("33", text);
    }

    public String notable(String text) {
        return code("36", text);
    }

    /** In an agent's own colour; in one made of its name where its file names none that is known. */
    public String agent(String name, Optional<String> color, String text) {
        String code = color.map(each -> COLOURS.get(each.strip().toLowerCase(Locale.ROOT)))
                .orElse(OTHERS[Math.floorMod(name.hashCode(), OTHERS.length)]);
        return code(code + ";1", text);
    }

    private String code(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
