package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Replaces a text in a file that was read before. */
final class EditTool implements Tool {

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["file_path", "old_string", "new_string"],
             "properties": {
              "file_path": {"type": "string", "description": "The file to change: absolute, or relative to the workspace"},
              "old_string": {"type": "string", "description": "The text to replace, exactly as it is in the file"},
              "new_string": {"type": "string", "description": "What takes its place"},
              "replace_all": {"type": "boolean", "default": false, "description": "Replace every occurrence"}}}
            """);

    @Override
    public String name() {
        return "Edit";
    }

    @Override
    public String description() {
        return "Replaces a text in a file. The file has to be read first. old_string has to match exactly, blanks and"
                + " line breaks included, and to occur once, unless replace_all is set.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.PROBED;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        ResolvedPath file = FilePaths.required(Arguments.of(this, call), "file_path", workspace);
        return List.of(FilePaths.reads(file), FilePaths.writes(file));
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException {
        Arguments arguments = Arguments.of(this, call);
        ResolvedPath file = FilePaths.required(arguments, "file_path", context.workspace());
        FilePaths.check(FilePaths.writes(file), context);
        try {
            return edit(arguments, file, ChangeableFile.read(file, context), context);
        } catch (UnusablePathException e) {
            return new ToolResult.Failed(e.getMessage() + ". To make a new file use Write, to find one Glob.");
        }
    }

    @Override
    public Json beforehand(ToolCall call, ToolContext context) throws IOException {
        Arguments arguments = Arguments.of(this, call);
        Optional<byte[]> before =
                FileProbe.content(FilePaths.required(arguments, "file_path", context.workspace()), context);
        return Json.of(FileProbe.of(before, before.flatMap(bytes -> changed(arguments, TextFile.of(bytes)))));
    }

    /** What the file would hold; empty when the text to replace is not there. */
    private static Optional<byte[]> changed(Arguments arguments, TextFile text) {
        String old = text.with(arguments.text("old_string")).text();
        String fresh = text.with(arguments.text("new_string")).text();
        if (old.isEmpty() || !text.text().contains(old)) {
            return Optional.empty();
        }
        return Optional.of(text.with(
                        arguments.flag("replace_all")
                                ? text.text().replace(old, fresh)
                                : replacedOnce(text.text(), old, fresh))
                .bytes());
    }

    @Override
    public Optional<ToolResult> probe(ToolCall call, Json beforehand, ToolContext context) throws IOException {
        var file = FilePaths.required(Arguments.of(this, call), "file_path", context.workspace());
        return FileProbe.look(beforehand, call, file, context);
    }

    private static ToolResult edit(Arguments arguments, ResolvedPath file, ChangeableFile known, ToolContext context)
            throws IOException {
        String shown = context.workspace().shown(file.written());
        if (!known.wasRead()) {
            return new ToolResult.Rejected(known.whyNot(shown));
        }
        TextFile text = known.text();
        String old = text.with(arguments.text("old_string")).text();
        String fresh = text.with(arguments.text("new_string")).text();
        List<Integer> places = old.isEmpty() ? List.of() : places(text.text(), old);
        int count = places.size();
        boolean all = arguments.flag("replace_all");
        String problem = problem(shown, text.text(), old, fresh, count, all);
        if (problem.isEmpty() && known.wasReadAsItIs()) {
            problem = unseen(file, text.text(), old, places, context.readFiles());
        }
        if (!problem.isEmpty()) {
            return new ToolResult.Rejected(
                    known.wasReadAsItIs() ? problem : problem + " (" + known.whyNot(shown) + ")");
        }
        TextFile changed = text.with(all ? text.text().replace(old, fresh) : replacedOnce(text.text(), old, fresh));
        if (!changed.isEncodable()) {
            return new ToolResult.Rejected(
                    "'" + shown + "' is in " + text.charset() + ", which has not all characters of"
                            + " new_string; leave those out, or convert the file to UTF-8 first");
        }
        byte[] bytes = changed.bytes();
        context.workspace().write(file, bytes);
        if (known.wasReadAsItIs()) {
            remember(file, text.text(), old, fresh, places, TextFile.sha256(bytes), context.readFiles());
        }
        return new ToolResult.Text("Edited " + shown + (count > 1 ? " (" + count + " occurrences)" : "")
                + (known.wasReadAsItIs() ? "" : "; note that it had changed on disk since you read it"));
    }

    /** From the last place to the first, so that no line that is still to come has moved. */
    private static void remember(
            ResolvedPath file,
            String text,
            String old,
            String fresh,
            List<Integer> places,
            String sha256,
            ReadFiles read) {
        int before = lineBreaks(old, old.length()) + 1;
        int after = lineBreaks(fresh, fresh.length()) + 1;
        for (int place : places.reversed()) {
            read.edited(file.target(), sha256, lineBreaks(text, place) + 1, before, after);
        }
    }

    private static int lineBreaks(String text, int end) {
        return (int) text.chars().limit(end).filter(c -> c == '\n').count();
    }

    private static String problem(String shown, String text, String old, String fresh, int count, boolean all) {
        if (old.isEmpty()) {
            return "old_string is empty; give the text to replace, or use Write for a new file";
        }
        if (old.equals(fresh)) {
            return "old_string and new_string are the same; nothing would change";
        }
        if (count == 0) {
            return "old_string does not occur in '" + shown + "'" + nearest(text, old);
        }
        if (count > 1 && !all) {
            return "old_string occurs " + count + " times in '" + shown
                    + "'; give more of the text around it, or set replace_all";
        }
        return "";
    }

    /** The line that differs from the first line of {@code old} only in its blanks. */
    private static String nearest(String text, String old) {
        String wanted = old.lines().findFirst().orElse("").strip();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!wanted.isEmpty() && line.strip().equals(wanted)) {
                return "; line " + number + " is the same but for blanks or what follows: \"" + line + "\"";
            }
        }
        return "; read the file again and copy the text exactly";
    }

    /** Where a text begins in another; places that overlap count, because any of them may be meant. */
    private static List<Integer> places(String text, String old) {
        var places = new ArrayList<Integer>();
        for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + 1)) {
            places.add(at);
        }
        return places;
    }

    /** A problem when lines that would be changed were not among those read. */
    private static String unseen(ResolvedPath file, String text, String old, List<Integer> places, ReadFiles read) {
        var unseen = new ArrayList<Integer>();
        int more = lineBreaks(old, old.stripTrailing().length());
        for (int place : places) {
            int line = lineBreaks(text, place) + 1;
            if (!read.sawLines(file.target(), line, line + more)) {
                unseen.add(line);
            }
        }
        return unseen.isEmpty()
                ? ""
                : "old_string is in line "
                        + unseen.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "))
                        + ", which you have not read; read it first (offset, limit)";
    }

    private static String replacedOnce(String text, String old, String fresh) {
        int at = text.indexOf(old);
        return text.substring(0, at) + fresh + text.substring(at + old.length());
    }
}
