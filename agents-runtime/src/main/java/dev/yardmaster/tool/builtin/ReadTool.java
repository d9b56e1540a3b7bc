package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.media.ImageFile;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Shows a text file with line numbers, images, and pages of PDF documents. */
final class ReadTool implements Tool {

    private static final long DEFAULT_LINES = 2_000;
    private static final int HEAD = 32;

    /** So many characters are told again rather than words about them. */
    private static final int SHORT = 500;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["file_path"], "properties": {
              "file_path": {"type": "string", "description": "The file to read: absolute, or relative to the workspace"},
              "offset": {"type": "integer", "description": "The first line to show, from 1"},
              "limit": {"type": "integer", "description": "How many lines to show"},
              "pages": {"type": "string", "description": "The pages of a PDF document to show, such as 3 or 1-5: 20 at most. A document of 10 pages or fewer is shown whole without it"}}}
            """);

    @Override
    public String name() {
        return "Read";
    }

    @Override
    public String description() {
        return "Shows a text file, each line with its number. Shows 2,000 lines unless told otherwise; longer files are"
                + " read in pieces with offset and limit. Of a notebook (.ipynb) its cells are shown. Images (png, jpeg,"
                + " gif, webp) and pages of PDF documents are shown as such. What is to be changed has to be read first.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    /** What is read is in a file already, and comes in pieces of its own. */
    @Override
    public int longestResult() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.READ_ONLY;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        return List.of(FilePaths.reads(FilePaths.required(Arguments.of(this, call), "file_path", workspace)));
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException, InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        ResolvedPath file = FilePaths.required(arguments, "file_path", context.workspace());
        FilePaths.check(FilePaths.reads(file), context);
        String shown = context.workspace().shown(file.written());
        long offset = Math.clamp(arguments.findInteger("offset").orElse(1L), 1, Integer.MAX_VALUE / 2);
        long limit = Math.clamp(arguments.findInteger("limit").orElse(DEFAULT_LINES), 1, Integer.MAX_VALUE / 2);
        TextPage page;
        try (var channel = context.workspace().open(file)) {
            boolean whole = arguments.find("offset").isEmpty()
                    && arguments.find("limit").isEmpty();
            if (whole && Notebook.isOne(shown)) {
                return notebook(file, shown, context);
            }
            var head = ByteBuffer.allocate(HEAD);
            while (head.hasRemaining() && channel.read(head) >= 0) {}
            byte[] first = Arrays.copyOf(head.array(), head.position());
            if (FileKind.PDF.begins(first) && PdfPages.canBeRead()) {
                Optional<ToolResult> large = tooLarge(channel, PdfPages.LONGEST_FILE, shown);
                return large.isPresent()
                        ? large.get()
                        : PdfPages.read(bytes(channel), PdfPages.range(arguments.findText("pages")), shown);
            }
            if (ImageFile.isOne(first)) {
                return picture(channel, shown);
            }
            Optional<FileKind> kind = FileKind.of(first);
            if (kind.filter(FileKind::isNeverText).isPresent()) {
                return new ToolResult.Failed(kind.get().whyNotShown(shown, channel.size()));
            }
            page = TextPage.read(Channels.newInputStream(channel.position(0)), channel.size(), offset, limit);
            if (page.isBinary()) {
                return new ToolResult.Failed(kind.map(known -> known.whyNotShown(shown, size(channel)))
                        .orElse("'" + shown + "' is binary; look at it with a program that knows its format"));
            }
        } catch (UnusablePathException e) {
            return new ToolResult.Failed(e.getMessage() + ". Use Glob to find files, Bash with ls to list a folder.");
        }
        return told(page, file, (int) offset, context);
    }

    /** What is still before the agent's eyes, word for word, is not told again. */
    private static ToolResult told(TextPage page, ResolvedPath file, int first, ToolContext context) {
        String sha256 = page.sha256();
        String text = page.text();
        ReadFiles known = context.readFiles();
        boolean unchanged = text.length() > SHORT
                && known.find(file.target()).equals(Optional.of(sha256))
                && known.isStillShown(file.target(), text);
        if (page.total() == 0 || page.last() >= first) {
            known.saw(file.target(), sha256, first, page.last(), page.total());
        }
        return new ToolResult.Text(unchanged ? ReadFiles.UNCHANGED : text);
    }

    private static ToolResult picture(SeekableByteChannel channel, String shown)
            throws IOException, InterruptedException {
        Optional<ToolResult> large = tooLarge(channel, ImageFile.LONGEST_FILE, shown);
        if (large.isPresent()) {
            return large.get();
        }
        byte[] bytes = bytes(channel);
        return switch (ImageFile.of(bytes)) {
            case ImageFile.Shown picture ->
                ToolResult.Text.showing(
                        shown + ": " + picture.described() + ", " + bytes.length + " bytes",
                        Attachment.image(picture.data()));
            case ImageFile.Unusable unusable -> new ToolResult.Failed("'" + shown + "' " + unusable.why());
        };
    }

    private static byte[] bytes(SeekableByteChannel channel) throws IOException {
        return Channels.newInputStream(channel.position(0)).readNBytes((int) channel.size());
    }

    private static Optional<ToolResult> tooLarge(SeekableByteChannel channel, long most, String shown)
            throws IOException {
        return channel.size() <= most
                ? Optional.empty()
                : Optional.of(new ToolResult.Failed("'" + shown + "' has " + channel.size()
                        + " bytes, and what has more than " + most
                        + " is not looked at; make it smaller with a program"));
    }

    private static long size(SeekableByteChannel channel) {
        try {
            return channel.size();
        } catch (IOException e) {
            return 0; // it is open; nothing asks its size of it but words
        }
    }

    /** As its reader sees it; what is to be changed of its text is to be read as that, with offset and limit. */
    private static ToolResult notebook(ResolvedPath file, String shown, ToolContext context) throws IOException {
        byte[] bytes = context.workspace().read(file, Notebook.MAX_BYTES);
        Optional<String> cells = Notebook.text(bytes);
        cells.ifPresent(seen -> Notebook.saw(file, bytes, context));
        return cells.<ToolResult>map(
                        seen -> new ToolResult.Text(seen + "(The cells of a notebook. NotebookEdit changes one; to"
                                + " change its JSON, read that with offset and limit.)\n"))
                .orElseGet(() -> new ToolResult.Failed(
                        "'" + shown + "' is no notebook that can be read; its text is shown with offset and limit"));
    }
}
