package dev.yardmaster.permission;

import java.util.Arrays;
import java.util.Optional;

/** What runs without asking when no rule says otherwise. */
public enum Mode {
    /** Reads inside the workspace. */
    DEFAULT("default", "reads inside the workspace"),
    /** And edits inside the workspace. */
    ACCEPT_EDITS("acceptEdits", "reads and edits inside the workspace; mkdir, touch, rm, rmdir, mv, cp inside it"),
    /** Reads; whatever would change something is denied. */
    PLAN("plan", "reads inside the workspace; changes are denied"),
    /** What rules allow; everything that would ask is denied. */
    DONT_ASK("dontAsk", "reads inside the workspace, and what rules allow; the rest is denied"),
    /** Everything but what is never automatic: ask rules, protected paths, paths outside, removing critical folders. */
    BYPASS(
            "bypassPermissions",
            "everything, all commands included; still asked for: protected files, files outside the workspace,"
                    + " removing whole trees such as / or the home folder");

    private final String spelling;
    private final String description;
    private final String rule;

    Mode(String spelling, String description) {
        this.spelling = spelling;
        this.description = description;
        this.rule = "mode " + spelling;
    }

    /** How agent files and the command line write it. */
    public String spelling() {
        return spelling;
    }

    /** What decisions name as their rule where it decides. */
    String rule() {
        return rule;
    }

    /** What runs without asking, for people. */
    public String description() {
        return description;
    }

    /** Whether it lets nothing run that another one would not. */
    public boolean isWithin(Mode outer) {
        return this == outer || width() < outer.width();
    }

    private int width() {
        return switch (this) {
            case PLAN, DONT_ASK -> 0; // neither is within the other
            case DEFAULT -> 1;
            case ACCEPT_EDITS -> 2;
            case BYPASS -> 3;
        };
    }

    /** The mode of this name, without regard to case; {@code manual} and {@code auto} are the default mode. */
    public static Optional<Mode> find(String name) {
        if (name.equalsIgnoreCase("manual") || name.equalsIgnoreCase("auto")) {
            return Optional.of(DEFAULT);
        }
        return Arrays.stream(values())
                .filter(mode -> mode.spelling.equalsIgnoreCase(name.strip()))
                .findFirst();
    }
}
