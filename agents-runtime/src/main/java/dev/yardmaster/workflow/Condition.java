package dev.yardmaster.workflow;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.graph.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads conditions: comparisons of channels and their fields with literals, joined by {@code and}, {@code or} and {@code not}. There is
 * nothing else in the language: no calls, no arithmetic, no way to do anything.
 */
final class Condition {

    private static final int DEEPEST = 50;
    private static final int LONGEST = 2_000;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<text>'[^']*'|\"[^\"]*\")|(?<number>-?\\d+(?:\\.\\d+)?)|(?<word>[A-Za-z][\\w-]*(?:\\.[A-Za-z][\\w-]*)*)|(?<sign>==|!=|<=|>=|<|>|\\(|\\)))");

    /** Why a condition cannot be read. */
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message);
        }
    }

    private final Map<String, WorkflowChannel> channels;
    private final List<String> tokens;
    private int at;
    private int depth;

    private Condition(Map<String, WorkflowChannel> channels, List<String> tokens) {
        this.channels = channels;
        this.tokens = tokens;
    }

    /** @throws Unreadable says what is wrong and what would be right */
    static Predicate<State> parse(String text, Map<String, WorkflowChannel> channels) throws Unreadable {
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
        Operand operand = Operand.of(next("a channel"), channels);
        String sign = at < tokens.size() ? tokens.get(at) : "";
        if (!List.of("==", "!=", "<", "<=", ">", ">=", "contains").contains(sign)) {
            if (operand.type().kind() != ChannelKind.FLAG) {
                throw new Unreadable(
                        "'" + operand.name() + "' is compared with nothing; write " + example(operand) + " == …");
            }
            return state -> operand.value(state).equals(Optional.of(true));
        }
        at++;
        Object literal = literal(next("a value"));
        if (!fits(operand, sign, literal)) {
            throw new Unreadable("'" + operand.name() + "', a "
                    + (operand.size() ? "size" : operand.type().kind().word()) + ", cannot be compared by " + sign
                    + " with " + shown(literal)
                    + (operand.type().kind().hasFields() ? "; compare one of its fields, or its size" : ""));
        }
        List<String> choices = operand.type().choices();
        if (!choices.isEmpty() && sign.endsWith("=") && sign.length() == 2 && !choices.contains(literal)) {
            throw new Unreadable("'" + operand.name() + "' is never " + shown(literal) + "; it is one of "
                    + String.join(", ", choices) + DidYouMean.hint(literal.toString(), choices));
        }
        return state -> holds(operand.value(state), sign, literal);
    }

    /** What is written to compare it, or a part of it. */
    private static String example(Operand operand) {
        return switch (operand.type().kind()) {
            case RECORD ->
                operand.name() + "."
                        + operand.type().fields().keySet().stream().findFirst().orElse("field");
            case RECORDS -> operand.name() + ".size";
            default -> operand.name();
        };
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

    private static boolean fits(Operand operand, String sign, Object literal) {
        return switch (operand.type().kind()) {
            case TEXT -> literal instanceof String;
            case NUMBER -> literal instanceof Double && !sign.equals("contains");
            case FLAG -> literal instanceof Boolean && (sign.equals("==") || sign.equals("!="));
            case TEXTS -> literal instanceof String && sign.equals("contains");
            case RECORD, RECORDS -> false;
        };
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
