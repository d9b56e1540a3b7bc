package dev.yardmaster.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the {@code <example>} blocks of a description and takes them apart: on one line or on many, with the words
 * Context, user, assistant in any case, plain, bold or as list items, values with or without quotes. A block that is not
 * closed ends where the next begins.
 */
final class ExampleReader {

    private static final Pattern OPEN = Pattern.compile("<example>", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLOSE = Pattern.compile("</example>", Pattern.CASE_INSENSITIVE);
    /** {@code <commentary>} in most files; some have tags for the speakers too. */
    private static final Pattern TAGGED = Pattern.compile(
            "<(commentary|context|user|human|assistant)(?:_[a-z]+)?>(.*?)(?:</\\1(?:_[a-z]+)?>|\\z)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A speaker's name where a value may start: {@code user:}, {@code **User:**}, {@code - Assistant:}. */
    private static final Pattern LABEL = Pattern.compile(
            "(?<![\\p{L}\\p{N}])[*_]{0,2}(context|user|human|assistant|commentary)[*_]{0,2}[ \\t]*:[*_]{0,2}",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern AFTER_QUOTE = Pattern.compile("[.,;]?[ \\t]*(?:\\R|\\z|<|[-*+][ \\t]|"
            + "[*_]{0,2}(?i:context|user|human|assistant|commentary)[*_]{0,2}[ \\t]*:)");

    /** A quote that is longer was never closed; looking further would take forever on files made for that. */
    private static final int LONGEST_QUOTE = 8_000;

    private ExampleReader() {}

    /** The description without the blocks. */
    static String without(String description) {
        StringBuilder rest = new StringBuilder();
        Matcher open = OPEN.matcher(description);
        Matcher close = CLOSE.matcher(description);
        int from = 0;
        while (from < description.length() && open.find(from)) {
            rest.append(description, from, open.start()).append(' ');
            from = close.find(open.end()) ? close.end() : description.length();
        }
        return rest.append(description.substring(from)).toString().strip();
    }

    static List<Example> read(String description) {
        List<Example> examples = new ArrayList<>();
        Matcher open = OPEN.matcher(description);
        Matcher close = CLOSE.matcher(description);
        boolean found = open.find();
        while (found) {
            int from = open.end();
            found = open.find();
            int next = found ? open.start() : description.length();
            int to = close.region(from, next).find() ? close.start() : next;
            examples.add(example(description.substring(from, to).replace("\\\"", "\"")));
        }
        return List.copyOf(examples);
    }

    private static Example example(String block) {
        Matcher tagged = TAGGED.matcher(block);
        Parts parts = new Parts();
        StringBuilder speech = new StringBuilder();
        int from = 0;
        while (tagged.find()) {
            parts.add(tagged.group(1).toLowerCase(Locale.ROOT), tagged.group(2).strip());
            speech.append(block, from, tagged.start()).append('\n');
            from = tagged.end();
        }
        speech.append(block, from, block.length());
        speech(speech.toString(), parts);
        return parts.example();
    }

    private static void speech(String text, Parts parts) {
        Matcher label = LABEL.matcher(text);
        if (!label.find()) {
            if (!text.isBlank()) {
                parts.add("context", text.strip());
            }
            return;
        }
        Matcher afterQuote = AFTER_QUOTE.matcher(text);
        boolean found = true;
        while (found) {
            String who = label.group(1).toLowerCase(Locale.ROOT);
            int from = skipBlanks(text, label.end());
            int to = endOfQuote(text, from, afterQuote);
            if (to >= 0) {
                parts.add(who, text.substring(from + 1, to).strip());
                found = label.find(to + 1);
            } else {
                found = label.find(from);
                String said = text.substring(from, found ? label.start() : text.length());
                parts.add(who, said.strip().replaceFirst("\\s[-*+]$", "").strip());
            }
        }
    }

    /** The closing quote: the first after which a value may end; -1 when no quote opens here, or none closes. */
    private static int endOfQuote(String text, int from, Matcher afterQuote) {
        char closing = switch (from < text.length() ? text.charAt(from) : ' ') {
            case '"' -> '"';
            case '\'' -> '\'';
            case '“' -> '”';
            case '‘' -> '’';
            default -> ' ';
        };
        if (closing == ' ') {
            return -1;
        }
        int end = Math.min(text.length(), from + LONGEST_QUOTE);
        for (int at = text.indexOf(closing, from + 1, end); at >= 0; at = text.indexOf(closing, at + 1, end)) {
            boolean opensAnother = Character.isWhitespace(text.charAt(at - 1))
                    && at + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(at + 1));
            if (!opensAnother && afterQuote.region(at + 1, text.length()).lookingAt()) {
                return at;
            }
        }
        return -1;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** What each speaker says; several turns of one are joined. */
    private static final class Parts {

        private final StringBuilder context = new StringBuilder();
        private final StringBuilder user = new StringBuilder();
        private final StringBuilder assistant = new StringBuilder();
        private final StringBuilder commentary = new StringBuilder();

        void add(String who, String said) {
            StringBuilder part = switch (who) {
                case "context" -> context;
                case "user", "human" -> user;
                case "assistant" -> assistant;
                default -> commentary;
            };
            part.append(part.isEmpty() || said.isEmpty() ? "" : "\n").append(said);
        }

        Example example() {
            return new Example(context.toString(), user.toString(), assistant.toString(), commentary.toString());
        }
    }
}
