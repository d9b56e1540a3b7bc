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
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds lines in files: by ripgrep where it is installed, else by itself; with the same options and the same answer. */
final class GrepTool implements Tool {

    private static final int MAX_PATTERN = 5_000;
    private static final int MAX_DEPTH = 500;

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

    private final String searchPath;

    GrepTool() {
        this(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** @param searchPath where ripgrep is looked for */
    GrepTool(String searchPath) {
        this.searchPath = searchPath;
    }

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
    public ToolResult run(ToolCall call, ToolContext context) throws IOException, InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        Workspace workspace = context.workspace();
        ResolvedPath path = FilePaths.folder(arguments, workspace);
        FilePaths.check(FilePaths.reads(path), context);
        if (!Files.exists(path.target())) {
            return new ToolResult.Failed(
                    "'" + workspace.shown(path.written()) + "' does not exist; use Glob to find files");
        }
        if (!Files.isDirectory(path.target()) && !Files.isRegularFile(path.target())) {
            return new ToolResult.Failed("'" + workspace.shown(path.written()) + "' is no regular file and no folder");
        }
        var query = GrepQuery.of(arguments, path.target(), context);
        var answer = new GrepAnswer(query.options());
        return new ToolResult.Text(answer.text(search(query, answer)));
    }

    /** By ripgrep where there is one; a single file is not worth a process. */
    private boolean search(GrepQuery query, GrepAnswer answer) throws IOException, InterruptedException {
        Pattern pattern = pattern(query); // refused alike, whoever searches
        Optional<Path> ripgrep = Files.isDirectory(query.target())
                ? Ripgrep.find(searchPath, query.context().workspace())
                : Optional.empty();
        return ripgrep.isPresent()
                ? new Ripgrep(ripgrep.get(), query, answer).search()
                : new LineGrep(query, pattern, answer).search();
    }

    /** The engine compiles recursively: a pattern nested deep enough would end its thread. */
    private static boolean isTooInvolved(String pattern) {
        return pattern.length() > MAX_PATTERN
                || pattern.chars().filter(c -> c == '(').count() > MAX_DEPTH;
    }

    private static Pattern pattern(GrepQuery query) {
        int flags = Pattern.MULTILINE
                | (query.options().ignoreCase() ? Pattern.CASE_INSENSITIVE : 0)
                | (query.options().multiline() ? Pattern.DOTALL : 0);
        return pattern(query.pattern(), flags);
    }

    /** An expression from a model. */
    static Pattern pattern(String text, int flags) {
        if (isTooInvolved(text)) {
            throw new InvalidArgumentsException("the pattern is longer than " + MAX_PATTERN
                    + " characters or nested deeper than " + MAX_DEPTH + "; use a simpler one");
        }
        try {
            return Pattern.compile(text, flags);
        } catch (PatternSyntaxException e) {
            throw new InvalidArgumentsException("'" + text + "' is no regular expression: "
                    + e.getDescription() + " near '" + e.getPattern()
                    + "'; escape characters that mean themselves, as in interface\\{\\}");
        }
    }
}
