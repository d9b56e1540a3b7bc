package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.media.DocumentReader;
import dev.yardmaster.tool.media.DocumentReader.Range;
import dev.yardmaster.tool.media.DocumentReader.Reading;
import dev.yardmaster.tool.media.Showing;
import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Read shows a PDF document: its pages as a document, and as text to models that are shown none. */
final class PdfPages {

    /** Of more bytes, no document is looked at. */
    static final long LONGEST_FILE = 40_000_000;

    private static final int MAX_CHARS = 100_000;
    private static final Pattern RANGE = Pattern.compile("\\s*(\\d{1,6})\\s*(?:-\\s*(\\d{1,6})\\s*)?");

    /** Looked for when there is first a document to read. */
    private static final class Readers {
        static final Optional<DocumentReader> FOUND = ServiceLoader.load(
                        DocumentReader.class, DocumentReader.class.getClassLoader())
                .findFirst();
    }

    private PdfPages() {}

    static boolean canBeRead() {
        return Readers.FOUND.isPresent();
    }

    /** @param pages {@code 3} or {@code 1-5}; empty for all */
    static Range range(Optional<String> pages) {
        if (pages.filter(each -> !each.isBlank()).isEmpty()) {
            return Range.ALL;
        }
        Matcher matcher = RANGE.matcher(pages.get());
        if (!matcher.matches()) {
            throw new InvalidArgumentsException(
                    "'pages' has to be one page or a range of them, such as \"3\" or \"1-5\"," + " not \"" + pages.get()
                            + "\"");
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        if (first < 1 || last < first || last - first >= DocumentReader.MOST_PAGES) {
            throw new InvalidArgumentsException("'pages' has to be from 1 on, the first page first, and "
                    + DocumentReader.MOST_PAGES + " pages at most, not \"" + pages.get() + "\"");
        }
        return new Range(first, last);
    }

    static ToolResult read(byte[] document, Range range, String shown) throws InterruptedException {
        try {
            return told(Readers.FOUND.orElseThrow().read(document, range), range, document.length, shown);
        } catch (IOException e) {
            return new ToolResult.Failed("'" + shown + "' could not be read: " + FileTrouble.of(e));
        }
    }

    private static ToolResult told(Reading reading, Range range, int size, String shown) {
        return switch (reading) {
            case Reading.Unreadable unreadable -> new ToolResult.Failed("'" + shown + "' " + unreadable.why());
            case Reading.Elsewhere elsewhere ->
                new ToolResult.Failed("'" + shown + "' has " + elsewhere.total() + " pages, "
                        + (range.isAll()
                                ? "and of more than " + DocumentReader.WHOLE + " not all are shown at once"
                                : "so there are none from page " + range.first() + " on")
                        + "; say which by pages, such as \"1-" + Math.min(elsewhere.total(), DocumentReader.MOST_PAGES)
                        + "\"");
            case Reading.Pages pages -> told(pages, size, shown);
        };
    }

    private static ToolResult told(Reading.Pages pages, int size, String shown) {
        boolean whole = pages.first() == 1 && pages.last() == pages.total();
        String which = whole
                ? pages.total() + (pages.total() == 1 ? " page" : " pages")
                : "pages " + pages.first() + " to " + pages.last() + " of " + pages.total();
        String told = shown + ": a PDF document, " + which + ", " + size + " bytes";
        String text = pages.text().length() <= MAX_CHARS
                ? pages.text()
                : pages.text().substring(0, MAX_CHARS) + "\n(PARTIAL view: read fewer pages at once)";
        if (pages.pdf().length > Showing.LONGEST_DOCUMENT) {
            return new ToolResult.Text(
                    told + "; these pages are too large to be shown, and this is their text:\n" + text);
        }
        String words = text.isBlank() ? "(there is no text on these pages)" : text;
        return ToolResult.Text.showing(told, Attachment.pdf(pages.pdf(), pages.last() - pages.first() + 1, words));
    }
}
