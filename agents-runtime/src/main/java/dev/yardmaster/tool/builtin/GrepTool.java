package dev.yardmaster.tool.builtin;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.GlobPattern;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds lines in files. The expressions are RE2's, which take linear time whatever they are. */
final class GrepTool implements Tool {

    private static final long MAX_FILE = 10L * 1024 * 1024;
    private static final long DEFAULT_LIMIT = 250;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["pattern"], "properties": {
              "pattern": {"type": "string", "description": "A regular expression (RE2 syntax)"},
              "path": {"type": "string", "description": "A file or folder; the workspace when left out"},
              "glob": {"type": "string", "description": "Only files whose path matches, such as *.py or src/**"},
              "type": {"type": "string", "description": "Only files of this type, such as py, java, ts"},
              "output_mode": {"type": "string", "enum": ["content", "files_with_matches", "count"],
                "default": "files_with_matches", "description": "Matching lines, names of files, or counts"},
              "-i": {"type": "boolean", "description": "Ignore case"},
              "-n": {"type": "boolean", "default": true, "description": "Show line numbers (content)"},
              "-o": {"type": "boolean", "description": "Show only what matched (content)"},
              "-A": {"type": "integer", "description": "Lines to show after a match (content)"},
              "-B": {"type": "integer", "description": "Lines to show before a match (content)"},
              "-C": {"type": "integer", "description": "Lines to show around a match (content)"},
              "context": {"type": "integer", "description": "The same as -C"},
              "head_limit": {"type": "integer", "default": 250, "description": "The most lines or entries to show; 0 for all"},
              "offset": {"type": "integer", "default": 0, "description": "How many lines or entries to pass over"},
              "multiline": {"type": "boolean", "default": false, "description": "Let . match line breaks"}}}
            """);

    @Override
    public String name() {
        return "Grep";
    }

    @Override
    public String description() {
        return "Searches the content of files with a regular expression. Files that .gitignore leaves out and binary files"
                + " are passed over. Answers with names of files unless output_mode says otherwise.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.READ_ONLY;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        return List.of(FilePaths.reads(FilePaths.folder(Arguments.of(this, call), workspace)));
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException {
        Arguments arguments = Arguments.of(this, call);
        Workspace workspace = context.workspace();
        ResolvedPath path = FilePaths.folder(arguments, workspace);
        if (!Files.exists(path.target())) {
            return new ToolResult.Failed("'" + workspace.shown(path.written()) + "' does not exist");
        }
        var search = new GrepSearch(
                pattern(arguments),
                arguments.findText("output_mode").orElse("files_with_matches"),
                arguments.flag("-n", true),
                arguments.flag("-o"),
                arguments.flag("multiline"),
                lines(arguments, "-B"),
                lines(arguments, "-A"));
        boolean complete = search(arguments, path.target(), workspace, search);
        return new ToolResult.Text(paged(arguments, search.entries(), complete));
    }

    private static Pattern pattern(Arguments arguments) {
        int flags = Pattern.MULTILINE
                | (arguments.flag("-i") ? Pattern.CASE_INSENSITIVE : 0)
                | (arguments.flag("multiline") ? Pattern.DOTALL : 0);
        try {
            return Pattern.compile(arguments.text("pattern"), flags);
        } catch (PatternSyntaxException e) {
            throw new InvalidArgumentsException("'" + arguments.text("pattern") + "' is no regular expression: "
                    + e.getDescription() + " near '" + e.getPattern()
                    + "'; escape characters that mean themselves, as in interface\\{\\}");
        }
    }

    private static int lines(Arguments arguments, String flag) {
        long around = arguments
                .findInteger("-C")
                .or(() -> arguments.findInteger("context"))
                .orElse(0L);
        return Math.clamp(arguments.findInteger(flag).orElse(around), 0, 1_000);
    }

    private static boolean search(Arguments arguments, Path target, Workspace workspace, GrepSearch search)
            throws IOException {
        Optional<GlobPattern> type = arguments.findText("type").map(FileTypes::pattern);
        Optional<GlobPattern> glob =
                arguments.findText("glob").map(text -> FilePaths.glob(text.contains("/") ? text : "**/" + text));
        if (Files.isRegularFile(target)) {
            file(target, workspace, search);
            return true;
        }
        var ignored = new IgnoreRules(workspace.contains(target) ? workspace.root() : target);
        var tree = FileTree.of(target).entering(folder -> !ignored.ignores(folder, true));
        var files = new ArrayList<Path>();
        tree.visit((file, relative, attributes) -> {
            boolean wanted = glob.map(each -> each.matches(relative)).orElse(true)
                    && type.map(each -> each.matches(file.getFileName().toString()))
                            .orElse(true)
                    && attributes.size() <= MAX_FILE
                    && !ignored.ignores(file, false);
            if (wanted) {
                files.add(file);
            }
        });
        files.sort(null);
        for (Path file : files) {
            file(file, workspace, search);
        }
        return tree.isComplete();
    }

    private static void file(Path file, Workspace workspace, GrepSearch search) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (java.nio.file.AccessDeniedException e) {
            return; // what may not be read is not searched
        }
        if (!TextFile.isBinary(bytes)) {
            search.file(workspace.shown(file), TextFile.of(bytes).text());
        }
    }

    private static String paged(Arguments arguments, List<String> entries, boolean complete) {
        long offset = Math.max(0, arguments.findInteger("offset").orElse(0L));
        long asked = arguments.findInteger("head_limit").orElse(DEFAULT_LIMIT);
        long limit = asked <= 0 ? Long.MAX_VALUE : asked;
        if (entries.isEmpty()) {
            return complete
                    ? "No matches found"
                    : "No matches found before the search was stopped; use a narrower path";
        }
        if (offset >= entries.size()) {
            return "No entries from offset " + offset + " on; there are " + entries.size();
        }
        var page = new ArrayList<>(entries.stream().skip(offset).limit(limit).toList());
        long left = entries.size() - offset - page.size();
        if (left > 0) {
            page.add("(" + left + " more; go on with offset " + (offset + page.size()) + ")");
        }
        if (!complete) {
            page.add("(the search was stopped early; use a narrower path)");
        }
        return String.join("\n", page);
    }
}
