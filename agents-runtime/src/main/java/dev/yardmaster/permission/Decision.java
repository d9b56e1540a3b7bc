package dev.yardmaster.permission;

/**
 * Whether a call may run, and who said so.
 *
 * @param behavior what is to happen
 * @param rule the rule that decided, as it was written, or the name of the built-in check or mode that did
 * @param source where that rule came from: a file, {@code --mode}, {@code built-in}
 * @param reason one sentence for people and models
 */
public record Decision(Behavior behavior, String rule, String source, String reason) {

    /** The rule of calls that come to no policy, because they are none of a tool that is there. */
    public static final String NO_CALL = "not a call";

    /** The source of what no file and no person set. */
    static final String BUILT_IN = "built-in";

    /** The check that keeps reads and changes inside the workspace. */
    static final String OUTSIDE = "outside";

    /** Whether a call does not run unasked for no other reason than that what it touches is outside the workspace. */
    public boolean isForOutside() {
        return behavior != Behavior.ALLOW && rule.equals(OUTSIDE) && source.equals(BUILT_IN);
    }

    /** Whether somebody decided against a call, rather than that it was none. */
    public boolean refuses() {
        return behavior != Behavior.ALLOW && !rule.equals(NO_CALL);
    }

    static Decision stricter(Decision one, Decision other) {
        return other.behavior().compareTo(one.behavior()) > 0 ? other : one;
    }

    /** What is to happen with a call. */
    public enum Behavior {
        ALLOW,
        /** A person decides. Where nobody can be asked it never becomes {@link #ALLOW}. */
        ASK,
        DENY
    }
}
