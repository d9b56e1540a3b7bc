package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.workspace.GlobPattern;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search: what for, and which files it is for. Whoever searches asks {@link #wants} of each file, so that the same
 * files are searched whoever it is: none that is ignored, none that a rule keeps from the agent.
 *
 * @param target the file or folder, links followed
 * @param globs patterns of paths below it, in the order they were written; {@code !} leaves out
 * @param types patterns of names, one of which has to match; empty for all
 */
record GrepQuery(
        String pattern,
        GrepOptions options,
        Path target,
        List<Glob> globs,
        List<Glob> types,
        IgnoreRules ignored,
        ToolContext context) {

    /** A pattern and how it is written for ripgrep. @param leavesOut whether it is one behind {@code !} */
    record Glob(String text, GlobPattern pattern, boolean leavesOut) {

        /** One as ripgrep's {@code --glob} takes it: without a slash it is about names in every folder. */
        static Glob ofPath(String written) {
            boolean leavesOut = written.startsWith("!");
            String text = leavesOut ? written.substring(1) : written;
            text = text.endsWith("/") ? text + "**" : text;
            String below = text.startsWith("/") ? text.substring(1) : text.contains("/") ? text : "**/" + text;
            return new Glob((leavesOut ? "!" : "") + text, FilePaths.glob(below), leavesOut);
        }

        static Glob ofName(String text) {
            return new Glob(text, GlobPattern.of(text), false);
        }
    }

    static GrepQuery of(Arguments arguments, Path target, ToolContext context) {
        Workspace workspace = context.workspace();
        return new GrepQuery(
                arguments.text("pattern"),
                GrepOptions.of(arguments),
                target,
                arguments.findText("glob").map(GrepQuery::globs).orElse(List.of()),
                arguments
                        .findText("type")
                        .filter(type -> !type.isBlank())
                        .map(type ->
                                FileTypes.globs(type).stream().map(Glob::ofName).toList())
                        .orElse(List.of()),
                new IgnoreRules(workspace.folder(target).orElse(target)),
                context);
    }

    /** Several may be written, with blanks or commas between them; not the commas in braces. */
    private static List<Glob> globs(String written) {
        var globs = new ArrayList<Glob>();
        var current = new StringBuilder();
        int braces = 0;
        for (char c : written.toCharArray()) {
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (Character.isWhitespace(c) || c == ',' && braces <= 0) {
                add(current, globs);
            } else {
                current.append(c);
            }
        }
        add(current, globs);
        return globs;
    }

    private static void add(StringBuilder written, List<Glob> globs) {
        if (!written.isEmpty()) {
            globs.add(Glob.ofPath(written.toString()));
            written.setLength(0);
        }
    }

    /** Whether a file below the target is to be searched. @param relative its path there, with {@code /} between names */
    boolean wants(Path file, String relative) {
        return isAbout(file, relative) && isGranted(file);
    }

    /** Whether no rule keeps a file from the agent. Several threads may ask. */
    boolean isGranted(Path file) {
        return context.grant().covers(new Access.Reads(file, file));
    }

    /** Whether a file is one of those that are asked for, and not ignored. @param relative as in {@link #wants} */
    boolean isAbout(Path file, String relative) {
        return isOfGlobs(relative)
                && (types.isEmpty()
                        || types.stream()
                                .anyMatch(each -> each.pattern()
                                        .matches(file.getFileName().toString())))
                && !ignored.ignores(file, false);
    }

    /** The last pattern that matches decides; where none does, whether any lets in. */
    private boolean isOfGlobs(String relative) {
        Optional<Glob> last = globs.reversed().stream()
                .filter(each -> each.pattern().matches(relative))
                .findFirst();
        return last.map(each -> !each.leavesOut())
                .orElseGet(() -> globs.stream().allMatch(Glob::leavesOut));
    }

    String shown(Path file) {
        return context.workspace().shown(file);
    }
}
