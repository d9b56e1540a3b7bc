package dev.yardmaster.definition;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What names, modes and colours may be. */
final class NameRules {

    static final List<String> MODES =
            List.of("default", "manual", "acceptEdits", "auto", "dontAsk", "bypassPermissions", "plan");

    static final List<String> COLORS = List.of("red", "blue", "green", "yellow", "purple", "orange", "pink", "cyan");

    /** What authors write beside the eight documented colours, and what can be shown. */
    private static final Set<String> MORE_COLORS =
            Set.of("magenta", "white", "black", "gray", "grey", "teal", "indigo", "violet", "amber", "lime", "brown");

    /** A name with a slash in it is found in the wild, "DevOps/CI Expert"; one that leads somewhere is not wanted. */
    private static final Pattern PATH = Pattern.compile("^[/~]|\\\\|/$|(?:^|/)\\.{1,}(?:/|$)|//");

    private static final Pattern HEX = Pattern.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
    private static final Pattern USUAL = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

    private NameRules() {}

    /** What forbids a name; empty when nothing does. */
    static String problem(String name, int longest) {
        if (name.isEmpty()) {
            return "the name is empty or not a word";
        }
        if (name.length() > longest) {
            return "the name has more than " + longest + " characters";
        }
        if (name.startsWith("-")) {
            return "the name " + Quoted.of(name) + " starts with '-' and would be taken for an option";
        }
        if (name.indexOf(':') >= 0) {
            return "the name " + Quoted.of(name) + " holds ':', which is kept for agents of plugins";
        }
        if (name.indexOf('<') >= 0 || name.indexOf('>') >= 0) {
            return "the name " + Quoted.of(name) + " holds '<' or '>', which pages would take for markup";
        }
        if (PATH.matcher(name).find()) {
            return "the name " + Quoted.of(name) + " is a path";
        }
        if (name.codePoints().anyMatch(Quoted::isInvisible)) {
            return "the name " + Quoted.of(name) + " holds a line break or an invisible character";
        }
        return "";
    }

    static boolean isUsual(String name) {
        return USUAL.matcher(name).matches();
    }

    static String usual(String name) {
        String words =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return words.isEmpty() ? "backend-engineer" : words;
    }

    static boolean isColor(String color) {
        String lower = color.toLowerCase(Locale.ROOT);
        return COLORS.contains(lower)
                || MORE_COLORS.contains(lower)
                || HEX.matcher(color).matches();
    }
}
