package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Question;
import dev.yardmaster.workspace.CommonEnds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a call that is asked for would do, beyond what the question says: what it would make of a file, as a diff; where that is
 * not known, or too long to be shown, what an edit takes away and puts there, or a file is to hold; the arguments of other
 * tools. To the last character: it is what is decided on.
 */
public final class AskedText {

    private static final int MOST_LINES = 300;

    /** The end of a diff that was too long to be recorded whole. */
    private static final Pattern CUT = Pattern.compile("… and (\\d{1,9}) more lines");

    /** Lines around those that change, as far as the edit itself names them. */
    private static final int CONTEXT = 3;

    private final Paint paint;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    /** What a question names of a call. */
    private static final Set<String> ABOUT = Set.of("command", "file_path", "path", "notebook_path", "url");

    private AskedText(Paint paint, int width) {
        this.paint = paint;
        this.width = width;
    }

    /** The lines, safe to show; none of a question that is no approval of a call. */
    public static List<String> of(Question question, Paint paint, int width) {
        var text = new AskedText(paint, width);
        String arguments = question.details().getOrDefault("arguments", "");
        String tool = question.details().getOrDefault("tool", "");
        String diff = question.details().getOrDefault("diff", "");
        int missing = 0;
        if (!diff.isEmpty()) {
            List<String> all = List.of(diff.split("\n", -1));
            missing = text.diff(all);
            if (text.lines.size() > MOST_LINES || missing > 0) {
                text.first(new AskedText(paint, width), tool, arguments, question.text(), all);
            }
        } else if (!arguments.isEmpty()) {
            text.call(tool, arguments, question.text());
        }
        List<String> lines = text.lines;
        int over = Math.max(0, lines.size() - MOST_LINES);
        if (over + missing == 0) {
            return lines;
        }
        var shown = new ArrayList<>(lines.subList(0, lines.size() - over));
        shown.add(paint.doubtful("… and " + (over + missing) + " more lines that are not shown"));
        return shown;
    }

    /**
     * Puts the call before a diff that is not shown whole, for what it asks for may be behind the cut. That of a whole file only
     * where the diff does not come to what is new.
     */
    private void first(AskedText asked, String tool, String arguments, String said, List<String> diff) {
        boolean isWhole = tool.equalsIgnoreCase("Write");
        boolean comesToIt = diff.stream().skip(2).anyMatch(line -> line.startsWith("+"));
        if (!arguments.isEmpty() && !(isWhole && comesToIt)) {
            asked.call(tool, arguments, said);
            lines.addAll(0, asked.lines);
        }
    }

    /** Without the names, which the question says. @return how many lines more the diff had when it was recorded */
    private int diff(List<String> all) {
        Matcher cut = CUT.matcher(all.getLast());
        boolean isCut = cut.matches();
        for (int i = 0; i < all.size() - (isCut ? 1 : 0); i++) {
            String line = all.get(i);
            boolean names = i < 2 && (line.startsWith("--- ") || line.startsWith("+++ "));
            boolean saysNothing = line.startsWith("@@ -0,0 "); // of a new file
            if (names || saysNothing) {
                continue;
            }
            switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case '+' -> changed("+", line.substring(1), paint::good);
                case '-' -> changed("-", line.substring(1), paint::bad);
                case ' ' -> changed(" ", line.isEmpty() ? "" : line.substring(1), paint::faint);
                case '@' -> changed("", line, paint::notable);
                default -> plain("", line);
            }
        }
        return isCut ? Integer.parseInt(cut.group(1)) : 0;
    }

    private void call(String tool, String arguments, String said) {
        JsonNode node = parsed(arguments);
        if (!node.isObject()) {
            plain("", arguments);
        } else if (tool.equalsIgnoreCase("Edit") && isEdit(node)) {
            edit(node);
        } else if (tool.equalsIgnoreCase("MultiEdit") && areEdits(node.path("edits"))) {
            node.get("edits").forEach(this::edit);
        } else if (tool.equalsIgnoreCase("Write") && isText(node, "content")) {
            content(node.get("content").asText());
        } else {
            node.properties().stream().filter(each -> !isSaid(each, said)).forEach(this::argument);
        }
    }

    private static JsonNode parsed(String arguments) {
        try {
            return Json.parse(arguments).as(JsonNode.class);
        } catch (InvalidJsonException e) {
            return Json.of(arguments).as(JsonNode.class); // a tool is told so itself, should it be let run
        }
    }

    /** Whether the question ends with it: what a call is about. Of other tools' arguments nothing is left out. */
    private static boolean isSaid(Map.Entry<String, JsonNode> argument, String said) {
        String value = text(argument.getValue());
        return ABOUT.contains(argument.getKey()) && !value.isEmpty() && said.endsWith(value);
    }

    private static boolean isEdit(JsonNode node) {
        return isText(node, "old_string") && isText(node, "new_string");
    }

    private static boolean areEdits(JsonNode edits) {
        for (JsonNode each : edits) {
            if (!isEdit(each)) {
                return false;
            }
        }
        return edits.isArray();
    }

    private static boolean isText(JsonNode node, String name) {
        return node.path(name).isTextual();
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : Json.of(value).text();
    }

    private void argument(Map.Entry<String, JsonNode> argument) {
        plain(argument.getKey() + ": ", text(argument.getValue()));
    }

    private void content(String content) {
        if (content.isEmpty()) {
            lines.add(paint.faint("an empty file"));
        }
        lines(content).forEach(line -> changed("+", line, paint::good));
    }

    /** What is the same at both ends is context, and most of it left out. */
    private void edit(JsonNode edit) {
        List<String> before = lines(edit.path("old_string").asText());
        List<String> after = lines(edit.path("new_string").asText());
        var ends = CommonEnds.of(before, after);
        int same = before.size() - ends.tail();
        before.subList(Math.max(0, ends.head() - CONTEXT), ends.head())
                .forEach(line -> changed(" ", line, paint::faint));
        ends.between(before).forEach(line -> changed("-", line, paint::bad));
        ends.between(after).forEach(line -> changed("+", line, paint::good));
        before.subList(same, same + Math.min(CONTEXT, ends.tail())).forEach(line -> changed(" ", line, paint::faint));
        if (before.equals(after)) {
            lines.add(paint.faint("only the end of the last line becomes another"));
        }
        if (edit.path("replace_all").asBoolean()) {
            lines.add(paint.faint("wherever it occurs in the file"));
        }
    }

    /** By line feeds; the end of the last line is no line. */
    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        return List.of((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));
    }

    private void changed(String sign, String line, UnaryOperator<String> painted) {
        String safe = SafeText.exact(line);
        List<String> wrapped = safe.isEmpty() ? List.of("") : Columns.wrap(safe, Math.max(1, width - 1));
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add(painted.apply((i == 0 ? sign : " ") + wrapped.get(i)));
        }
    }

    private void plain(String name, String value) {
        String shown = SafeText.exact(name + value);
        lines.addAll(Columns.wrap(shown, width));
    }
}
