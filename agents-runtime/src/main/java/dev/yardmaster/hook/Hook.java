package dev.yardmaster.hook;

import java.util.Optional;

/**
 * One handler, and when it is asked.
 *
 * @param matcher which tools, or agents, it concerns; {@code *} for all
 * @param condition one permission rule that a call has to be meant by; empty for any call
 * @param counts whether it is waited for, so that what it answers counts; another one is only told, and what it says is logged
 * @param source where it was written
 */
public record Hook(
        HookEvent event,
        HookMatcher matcher,
        Optional<String> condition,
        HookHandler handler,
        boolean counts,
        String source) {

    /** Code of an application that is asked at every such point. @param source what people know it by */
    public static Hook of(HookEvent event, String source, HookHandler handler) {
        return of(event, "*", source, handler);
    }

    /** Code of an application. @param matcher as in settings files: {@code Edit|Write}, {@code mcp__bank__.*} */
    public static Hook of(HookEvent event, String matcher, String source, HookHandler handler) {
        return new Hook(event, HookMatcher.of(matcher), Optional.empty(), handler, true, source);
    }

    /** Whether it is text of settings, which says what is done, and not code. */
    public boolean isWritten() {
        return handler instanceof WrittenHandler;
    }

    /** The command that is run; empty for code, and for what is no command. */
    public Optional<String> command() {
        return handler instanceof CommandHandler command ? Optional.of(command.shown()) : Optional.empty();
    }

    /** It in one line: {@code PreToolUse[Bash] ./check.sh}. */
    @Override
    public String toString() {
        return event.spelling()
                + (matcher.isAll() ? "" : "[" + matcher.text() + "]")
                + condition.map(rule -> " if " + rule).orElse("")
                + (handler instanceof WrittenHandler written ? " " + written.shown() : "");
    }
}
