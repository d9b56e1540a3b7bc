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
 * Reads conditions: comparisons of channels and their fields with literals, joined by {@code and}, {@code or} and {@code not}, also of
 * {@code any} or {@code all} elements of a list. There is nothing else in the language: no calls, no arithmetic, no way to do
 * anything.
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

    private final List<String> tokens;
    /** What can be named where the reader is. */
    private Scope scope;

    private int at;
    private int depth;

    private Condition(Scope scope, List<String> tokens) {
        this.scope = scope;
        this.tokens = tokens;
    }

    /** @throws Unreadable says what is wrong and what would be right */
    static Predicate<State> parse(String text, Map<String, WorkflowChannel> channels) throws Unreadable {
        var condition = new Condition(Scope.of(channels), tokens(text));
        Predicate<Scope.Values> whole = condition.either();
        if (condition.at < condition.tokens.size()) {
            throw new Unreadable("'" + condition.tokens.get(condition.at)
                    + "' is not expected here; join conditions with" + " 'and' or 'or'");
        }
        return state ->
                whole.test(name -> state.find(channels.get(name).channel()).map(value -> (Object) value));
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

    private Predicate<Scope.Values> either() throws Unreadable {
        Predicate<Scope.Values> result = both();
        while (takes("or")) {
            result = result.or(both());
        }
        return result;
    }

    private Predicate<Scope.Values> both() throws Unreadable {
        Predicate<Scope.Values> result = single();
        while (takes("and")) {
            result = result.and(single());
        }
        return result;
    }

    private Predicate<Scope.Values> single() throws Unreadable {
        if (++depth > DEEPEST) {
            throw new Unreadable("it is nested more than " + DEEPEST + " deep");
        }
        Predicate<Scope.Values> result;
        if (takes("not")) {
            result = single().negate();
        } else if (takes("(")) {
            result = enclosed();
        } else if (isQuantifier()) {
            result = elements(next("any").equals("all"));
        } else {
            result = comparison();
        }
        depth--;
        return result;
    }

    private Predicate<Scope.Values> enclosed() throws Unreadable {
        Predicate<Scope.Values> result = either();
        if (!takes(")")) {
            throw new Unreadable("a ')' is missing");
        }
        return result;
    }

    /** {@code any LIST (…)}: a channel of that name is followed by something else. */
    private boolean isQuantifier() {
        return at + 1 < tokens.size()
                && (tokens.get(at).equals("any") || tokens.get(at).equals("all"))
                && Character.isLetter(tokens.get(at + 1).charAt(0))
                && !List.of("and", "or", "contains").contains(tokens.get(at + 1));
    }

    private Predicate<Scope.Values> elements(boolean all) throws Unreadable {
        Operand list = Operand.of(next("a list"), scope);
        if (!list.type().kind().isList()) {
            throw new Unreadable("'" + list.name() + "', a "
                    + list.type().kind().word() + ", has no elements; any and all look into texts and records");
        }
        Scope around = scope;
        scope = Scope.ofElements(list);
        if (!takes("(")) {
            throw new Unreadable("what " + (all ? "all" : "any") + " of '" + list.name()
                    + "' has to be is missing; write it in brackets: (" + firstOf(scope) + " == …)");
        }
        Predicate<Scope.Values> each = enclosed();
        scope = around;
        return values -> {
            var found = (List<?>) list.value(values).orElse(List.of());
            Predicate<Object> holds = element -> each.test(list.valuesOf(element));
            return all ? found.stream().allMatch(holds) : found.stream().anyMatch(holds);
        };
    }

    private static String firstOf(Scope scope) {
        return scope.types().keySet().stream().findFirst().orElse("field");
    }

    private Predicate<Scope.Values> comparison() throws Unreadable {
        Operand operand = Operand.of(next("a " + (scope.what().equals("channel") ? "channel" : "field")), scope);
        String sign = at < tokens.size() ? tokens.get(at) : "";
        if (!List.of("==", "!=", "<", "<=", ">", ">=", "contains").contains(sign)) {
            if (operand.type().kind() != ChannelKind.FLAG) {
                throw new Unreadable(
                        "'" + operand.name() + "' is compared with nothing; write " + example(operand) + " == …");
            }
            return values -> operand.value(values).equals(Optional.of(true));
        }
        at++;
        Object literal = literal(next("a value"));
        if (!fits(operand, sign, literal)) {
            throw new Unreadable("'" + operand.name() + "', a "
                    + (operand.size() ? "size" : operand.type().kind().word()) + ", cannot be compared by " + sign
                    + " with " + shown(literal)
                    + remedy(operand));
        }
        List<String> choices = operand.type().choices();
        if (!choices.isEmpty() && sign.endsWith("=") && sign.length() == 2 && !choices.contains(literal)) {
            throw new Unreadable("'" + operand.name() + "' is never " + shown(literal) + "; it is one of "
                    + String.join(", ", choices) + DidYouMean.hint(literal.toString(), choices));
        }
        return values -> holds(operand.value(values), sign, literal);
    }

    private static String remedy(Operand operand) {
        return switch (operand.type().kind()) {
            case RECORD -> "; compare one of its fields";
            case RECORDS -> "; compare its size, or its elements: any " + operand.name() + " (FIELD == …)";
            default -> "";
        };
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
