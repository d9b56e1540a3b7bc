package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Replacements in one file that was read before, each in what the one before it left: all of them or none. */
record FileEdit(ResolvedPath file, List<Replacement> replacements) {

    ToolResult make(ToolContext context) throws IOException {
        FilePaths.check(FilePaths.writes(file), context);
        try {
            return make(ChangeableFile.read(file, context), context);
        } catch (UnusablePathException e) {
            return new ToolResult.Failed(e.getMessage() + ". To make a new file use Write, to find one Glob.");
        }
    }

    private ToolResult make(ChangeableFile known, ToolContext context) throws IOException {
        String shown = context.workspace().shown(file.written());
        if (!known.wasRead()) {
            return new ToolResult.Rejected(known.whyNot(shown));
        }
        boolean asRead = known.wasReadAsItIs();
        ReadFiles seen = context.readFiles().forCall();
        TextFile text = known.text();
        int places = 0;
        for (int i = 0; i < replacements.size(); i++) {
            Replacement each = replacements.get(i);
            String problem = each.problem(shown, text);
            if (problem.isEmpty() && asRead) {
                problem = each.unseen(file.target(), text, seen);
            }
            if (!problem.isEmpty()) {
                return rejected(i, asRead ? problem : problem + " (" + known.whyNot(shown) + ")");
            }
            places += each.count(text);
            TextFile changed = each.made(text);
            if (asRead) {
                each.remember(file.target(), text, changed, seen);
            }
            text = changed;
        }
        context.workspace().write(file, text.bytes());
        seen.sightings().forEach(context.readFiles()::add);
        return new ToolResult.Text("Edited " + shown + extent(places)
                + (asRead ? "" : "; note that it had changed on disk since you read it"));
    }

    private ToolResult rejected(int index, String problem) {
        return new ToolResult.Rejected(
                replacements.size() == 1
                        ? problem
                        : "edit " + (index + 1) + " of " + replacements.size() + ": " + problem
                                + ". None of the edits was made");
    }

    private String extent(int places) {
        String edits = replacements.size() == 1 ? "" : replacements.size() + " edits";
        String occurrences = places == replacements.size() ? "" : places + " occurrences";
        String both = edits.isEmpty() || occurrences.isEmpty() ? edits + occurrences : edits + ", " + occurrences;
        return both.isEmpty() ? "" : " (" + both + ")";
    }

    /** What a probe has to know: see {@link dev.yardmaster.tool.Tool#beforehand}. */
    Json beforehand(ToolContext context) throws IOException {
        return Json.of(FileProbe.of(change(context.workspace())));
    }

    /** What would become of the file; without an end where it would not be changed. */
    FileChange change(Workspace workspace) throws IOException {
        Optional<byte[]> before = FileProbe.content(file, workspace);
        return new FileChange(
                workspace.shown(file.written()), before, before.flatMap(bytes -> changed(TextFile.of(bytes))));
    }

    /** What the file would hold; empty when it would not be changed. */
    private Optional<byte[]> changed(TextFile text) {
        TextFile changed = text;
        for (Replacement each : replacements) {
            if (!each.problem("", changed).isEmpty()) {
                return Optional.empty();
            }
            changed = each.made(changed);
        }
        return Optional.of(changed.bytes());
    }
}
