package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.media.Showing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a file that is neither text nor an image to be shown is, by its first bytes, and what can be done with it. */
enum FileKind {
    BMP("a BMP image", 0, "BM") {
        @Override
        boolean begins(byte[] head) {
            return super.begins(head)
                    && head.length > 9
                    && head[6] == 0
                    && head[7] == 0
                    && head[8] == 0
                    && head[9] == 0;
        }
    },
    PDF("a PDF document", 0, Showing.PDF_BEGINS),
    ZIP("a ZIP archive (or a document or jar that is one)", 0, "PK\u0003\u0004"),
    GZIP("compressed by gzip", 0, "\u001f\u008b"),
    ELF("a program for Linux", 0, "\u007fELF"),
    CLASS("a Java class", 0, "\u00ca\u00fe\u00ba\u00be"),
    SQLITE("an SQLite database", 0, "SQLite format 3\u0000");

    private final String words;
    private final int at;
    private final byte[] bytes;

    FileKind(String words, int at, String bytes) {
        this.words = words;
        this.at = at;
        this.bytes = bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The kind of a file that begins so; empty when it is none of these. */
    static Optional<FileKind> of(byte[] head) {
        return Arrays.stream(values()).filter(kind -> kind.begins(head)).findFirst();
    }

    boolean begins(byte[] head) {
        return head.length >= at + bytes.length && Arrays.equals(head, at, at + bytes.length, bytes, 0, bytes.length);
    }

    /** Whether a file is of this kind although it may look like text for a while. */
    boolean isNeverText() {
        return this == PDF || this == GZIP;
    }

    /** What a model is told of it. */
    String whyNotShown(String shown, long size) {
        return "'" + shown + "' is " + words + " of " + size + " bytes; "
                + switch (this) {
                    case BMP -> "it can be shown to you as png or jpeg: convert it";
                    case PDF ->
                        "its pages cannot be shown here (yardmaster-pdf is not on the class path); where it is installed,"
                                + " 'pdftotext' by Bash makes text of them";
                    case ZIP -> "'unzip -l' by Bash lists what is in it";
                    case GZIP -> "'gzip -dc' by Bash shows what is in it";
                    case CLASS -> "'javap' by Bash shows what it declares";
                    case ELF, SQLITE -> "look at it with a program that knows its format";
                };
    }
}
