package dev.yardmaster.workflow;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads conditions: comparisons of channels with literals, joined by {@code and}, {@code or} and {@code not}. There is
 * nothing else in the language: no calls, no arithmetic, no way to do anything.
 */
final class Condition {

    private static final int DEEPEST = 50;
    private static final int LONGEST = 2_000;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<text>'[^']*'|\"[^\"]*\")|(?<number>-?\\d+(?:\\.\\d+)?)|(?<word>[A-Za-z][\\w-]*(?:\\.size)?)|(?<sign>==|!=|<=|>=|<|>|\\(|\\)))");

    /** Why a condition cannot be read. */
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message);
        }
    }

    private final Map<String, Channel<?>> channels;
    private final List<String> tokens;
    private int at;
    private int depth;

    private Condition(Map<String, Channel<?>> channels, List<String> tokens) {
        this.channels = channels;
        this.tokens = tokens;
    }

    /** @throws Unreadable says what is wrong and what would be right */
    static Predicate<State> parse(String text, Map<String, Channel<?>> channels) throws Unreadable {
        var condition = new Condition(channels, tokens(text));
        Predicate<State> whole = condition.either();
        if (condition.at < condition.tokens.size()) {
            throw new Unreadable("'" + condition.tokens.get(condition.at)
                    + "' is not expected here; join conditions with" + " 'and' or 'or'");
        }
        return whole;
    }

    private static List<String> tokens(String text) throws Unreadable {
        if (text.length() > LONGEST) {
            throw new Unreadable("it is longer than " + LONGEST + " characters");
        }
        var tokens = new ArrayList<String>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && !text.substring(end).isBlank()) {
            matcher.region(end, text.length());
            if (!matcher.lookingAt()) {
                throw new Unreadable("'" + text.substring(end).strip()
                        + "' cannot be read; write channel == 'text', and" + " join with and, or, not");
            }
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        return tokens;
    }

    private boolean takes(String token) {
        boolean there = at < tokens.size() && tokens.get(at).equals(token);
        at += there ? 1 : 0;
        return there;
    }

    private String next(String expected) throws Unreadable {
        if (at == tokens.size()) {
            throw new Unreadable("it ends where " + expected + " is expected");
        }
        return tokens.get(at++);
    }

    private Predicate<State> either() throws Unreadable {
        Predicate<State> result = both();
        while (takes("or")) {
            result = result.or(both());
        }
        return result;
    }

    private Predicate<State> both() throws Unreadable {
        Predicate<State> result = single();
        while (takes("and")) {
            result = result.and(single());
        }
        return result;
    }

    private Predicate<State> single() throws Unreadable {
        if (++depth > DEEPEST) {
            throw new Unreadable("it is nested more than " + DEEPEST + " deep");
        }
        Predicate<State> result;
        if (takes("not")) {
            result = single().negate();
        } else if (takes("(")) {
            result = either();
            if (!takes(")")) {
                throw new Unreadable("a ')' is missing");
            }
        } else {
            result = comparison();
        }
        depth--;
        return result;
    }

    private Predicate<State> comparison() throws Unreadable {
        String name = next("a channel");
        boolean size = name.endsWith(".size");
        String channelName = size ? name.substring(0, name.length() - 5) : name;
        Channel<?> channel = channels.get(channelName);
        if (channel == null) {
            throw new Unreadable(
                    "'" + channelName + "' is no channel" + DidYouMean.hint(channelName, channels.keySet()));
        }
        String sign = at < tokens.size() ? tokens.get(at) : "";
        if (!List.of("==", "!=", "<", "<=", ">", ">=", "contains").contains(sign)) {
            if (channel.type() != Boolean.class || size) {
                throw new Unreadable("'" + name + "' is compared with nothing; write " + name + " == …");
            }
            return state -> value(state, channel, false).equals(Optional.of(true));
        }
        at++;
        Object literal = literal(next("a value"));
        if (!fits(channel, size, sign, literal)) {
            throw new Unreadable("'" + name + "', a " + ChannelKind.of(channel).word() + (size ? "'s size" : "")
                    + ", cannot be compared by " + sign + " with " + shown(literal));
        }
        return state -> holds(value(state, channel, size), sign, literal);
    }

    private static Object literal(String token) throws Unreadable {
        char first = token.charAt(0);
        if (first == '\'' || first == '"') {
            return token.substring(1, token.length() - 1);
        }
        if (token.equals("true") || token.equals("false")) {
            return Boolean.valueOf(token);
        }
        if (first == '-' || Character.isDigit(first)) {
            return Double.valueOf(token);
        }
        throw new Unreadable("'" + token + "' is no value; write texts in quotes: '" + token + "'");
    }

    private static String shown(Object literal) {
        return literal instanceof String text ? "the text '" + text + "'" : String.valueOf(literal);
    }

    private static boolean fits(Channel<?> channel, boolean size, String sign, Object literal) {
        var kind = size ? ChannelKind.NUMBER : ChannelKind.of(channel);
        return switch (kind) {
            case TEXT -> literal instanceof String;
            case NUMBER -> literal instanceof Double && !sign.equals("contains");
            case FLAG -> literal instanceof Boolean && (sign.equals("==") || sign.equals("!="));
            case TEXTS -> literal instanceof String && sign.equals("contains");
        };
    }

    private static Optional<Object> value(State state, Channel<?> channel, boolean size) {
        return state.find(channel)
                .map(value -> !size
                        ? value
                        : (Object) (double)
                                (value instanceof List<?> list
                                        ? list.size()
                                        : value.toString().length()));
    }

    /** A channel that nothing was written to differs from every value. */
    private static boolean holds(Optional<Object> value, String sign, Object literal) {
        if (value.isEmpty()) {
            return sign.equals("!=");
        }
        return switch (sign) {
            case "==" -> value.get().equals(literal);
            case "!=" -> !value.get().equals(literal);
            case "contains" ->
                value.get() instanceof List<?> list
                        ? list.contains(literal)
                        : value.get().toString().contains(literal.toString());
            case "<" -> compared(value.get(), literal) < 0;
            case "<=" -> compared(value.get(), literal) <= 0;
            case ">" -> compared(value.get(), literal) > 0;
            default -> compared(value.get(), literal) >= 0;
        };
    }

    private static int compared(Object value, Object literal) {
        return value instanceof Double number && literal instanceof Double other
                ? number.compareTo(other)
                : value.toString().compareTo(literal.toString());
    }
}
