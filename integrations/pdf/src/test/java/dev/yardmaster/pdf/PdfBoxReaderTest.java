package dev.yardmaster.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.tool.media.DocumentReader.Range;
import dev.yardmaster.tool.media.DocumentReader.Reading;
import dev.yardmaster.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class PdfBoxReaderTest {

    @TempDir
    Path folder;

    private final PdfBoxReader reader = new PdfBoxReader();

    /** Changes a document before it is saved. */
    private interface Change {
        void of(PDDocument document) throws IOException;
    }

    private static byte[] document(int pages, Change change) throws IOException {
        try (var document = new PDDocument();
                var bytes = new ByteArrayOutputStream()) {
            for (int page = 1; page <= pages; page++) {
                var sheet = new PDPage();
                document.addPage(sheet);
                try (var content = new PDPageContentStream(document, sheet)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(50, 700);
                    content.showText("This is page " + page);
                    content.endText();
                }
            }
            change.of(document);
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static byte[] document(int pages) throws IOException {
        return document(pages, document -> {});
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages() + ": "
                    + new PDFTextStripper().getText(document).strip();
        }
    }

    private ToolResult read(String file, String... pages) throws Exception {
        Workspace workspace = Workspace.of(folder);
        Tool tool = BuiltinTools.all().find("Read").orElseThrow();
        Map<String, Object> arguments = new LinkedHashMap<>(Map.of("file_path", file));
        for (String each : pages) {
            arguments.put("pages", each);
        }
        return tool.run(
                new ToolCall("1", "Read", Json.of(arguments)), new ToolContext(workspace, new ReadFiles(), line -> {}));
    }

    @Test
    void a_short_document_is_shown_whole_and_as_it_is() throws Exception {
        byte[] pdf = document(3);
        Files.write(folder.resolve("report.pdf"), pdf);

        assertThat(read("report.pdf")).isInstanceOfSatisfying(ToolResult.Text.class, result -> {
            assertThat(result.text()).isEqualTo("report.pdf: a PDF document, 3 pages, " + pdf.length + " bytes");
            assertThat(result.attachments())
                    .containsExactly(Attachment.pdf(pdf, 3, "This is page 1\nThis is page 2\nThis is page 3"));
        });
    }

    @Test
    void of_a_long_one_pages_are_asked_for_and_shown() throws Exception {
        Files.write(folder.resolve("book.txt"), document(30));

        assertThat(read("book.txt").forModel())
                .isEqualTo(
                        "Failed: 'book.txt' has 30 pages, and of more than 10 not all are shown at once; say which by"
                                + " pages, such as \"1-20\"");
        assertThat(read("book.txt", "31").forModel())
                .isEqualTo(
                        "Failed: 'book.txt' has 30 pages, so there are none from page 31 on; say which by pages, such as"
                                + " \"1-20\"");
        ToolResult.Text some = (ToolResult.Text) read("book.txt", "29-35");
        assertThat(some.text()).startsWith("book.txt: a PDF document, pages 29 to 30 of 30, ");
        Attachment shown = some.attachments().getFirst();
        assertThat(shown.pages()).isEqualTo(2);
        assertThat(shown.words()).isEqualTo("This is page 29\nThis is page 30");
        assertThat(text(shown.data().bytes())).isEqualTo("2: This is page 29\nThis is page 30");
        assertThat(text(((ToolResult.Text) read("book.txt", " 7 "))
                        .attachments()
                        .getFirst()
                        .data()
                        .bytes()))
                .isEqualTo("1: This is page 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x", "5-3", "1-21", "1,3", "-2", "1-"})
    void pages_that_are_none_are_told(String pages) throws Exception {
        Files.write(folder.resolve("a.pdf"), document(1));

        try {
            read("a.pdf", pages);
            throw new AssertionError("it was read");
        } catch (InvalidArgumentsException e) {
            assertThat(e).hasMessageContaining("'pages' has to be");
        }
    }

    @Test
    void what_is_encrypted_is_told_unless_anybody_may_open_it() throws Exception {
        byte[] locked = document(
                2, document -> document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission())));
        byte[] open = document(
                2, document -> document.protect(new StandardProtectionPolicy("owner", "", new AccessPermission())));

        assertThat(reader.read(locked, Range.ALL))
                .isEqualTo(new Reading.Unreadable("is encrypted, and cannot be read without its password"));
        assertThat(reader.read(open, Range.ALL)).isInstanceOfSatisfying(Reading.Pages.class, pages -> {
            assertThat(pages.text()).isEqualTo("This is page 1\nThis is page 2");
            try (PDDocument shown = Loader.loadPDF(pages.pdf())) {
                assertThat(shown.isEncrypted())
                        .as("what a provider has to open")
                        .isFalse();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void what_is_broken_is_told() throws Exception {
        byte[] whole = document(2);
        for (byte[] broken : new byte[][] {
            "%PDF-1.7\n1 0 obj\n".getBytes(StandardCharsets.US_ASCII),
            "%PDF-".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(whole, 60),
            document(0)
        }) {
            assertThat(reader.read(broken, Range.ALL)).isInstanceOf(Reading.Unreadable.class);
        }
        var random = new Random(3);
        for (int i = 0; i < 4; i++) {
            byte[] changed = whole.clone();
            for (int j = 0; j < 30; j++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(reader.read(changed, Range.ALL)).isNotNull();
        }
    }

    @Test
    void a_bomb_goes_off_in_a_process_of_its_own() throws Exception {
        byte[] bomb = document(1, document -> {
            PDPage page = document.getPage(0);
            var stream = new PDStream(document);
            byte[] words = new byte[1_000_000];
            Arrays.fill(words, (byte) 'a');
            try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
                out.write("BT /F1 12 Tf (".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 100; i++) {
                    out.write(words);
                }
                out.write(") Tj ET".getBytes(StandardCharsets.US_ASCII));
            }
            page.setContents(stream);
        });
        assertThat(bomb.length).as("a text of 100 MB in so many bytes").isLessThan(1_000_000);

        assertThat(new PdfBoxReader(Duration.ofMinutes(2), 32).read(bomb, Range.ALL))
                .isEqualTo(new Reading.Unreadable(
                        "needs more memory to be read than it is given; it may be damaged, or made to do harm"));
    }

    @Test
    void what_takes_too_long_is_given_up() throws Exception {
        assertThat(new PdfBoxReader(Duration.ofMillis(1), 64).read(document(1), Range.ALL))
                .isEqualTo(new Reading.Unreadable("takes longer than 0 s to be read; it may be damaged"));
    }

    @Test
    void an_interrupt_ends_it_and_its_process() throws Exception {
        byte[] pdf = document(1);
        Thread.currentThread().interrupt();
        try {
            reader.read(pdf, Range.ALL);
            throw new AssertionError("it was not interrupted");
        } catch (InterruptedException e) {
            assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                    .allSatisfy(child -> assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(60)));
        }
    }
}
