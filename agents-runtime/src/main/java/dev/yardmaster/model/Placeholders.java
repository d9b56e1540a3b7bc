package dev.yardmaster.model;

import com.google.re2j.Pattern;
import java.util.function.UnaryOperator;

/**
 * Texts with {@code ${name}} in them; <code>$${</code> stands for <code>${</code> itself. What is filled in is not looked
 * at again.
 */
final class Placeholders {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Placeholders() {}

    static boolean isName(String text) {
        return NAME.matches(text);
    }

    /**
     * @param value gives the value of a name
     * @throws IllegalArgumentException when there is a <code>${</code> without a name and a closing brace
     */
    static String fill(String text, UnaryOperator<String> value) {
        var filled = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            if (at > from && text.charAt(at - 1) == '$') {
                filled.append(text, from, at).append('{');
                from = at + 2;
                continue;
            }
            int close = text.indexOf('}', at);
            String name = close < 0 ? "" : text.substring(at + 2, close);
            if (!isName(name)) {
                String written = text.substring(at, close < 0 ? Math.min(text.length(), at + 20) : close + 1);
                throw new IllegalArgumentException(
                        "'" + written + "' names no variable; write '$" + written + "' for the text itself");
            }
            filled.append(text, from, at).append(value.apply(name));
            from = close + 1;
        }
        return filled.append(text, from, text.length()).toString();
    }
}
