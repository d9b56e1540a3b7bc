package dev.yardmaster.pdf;

import dev.yardmaster.tool.media.DocumentReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * The process that reads one document: it comes in on standard input, and what was read of it goes out on standard output.
 * Arguments: the first and the last page; 0 and 0 for all of a document that is not too long for that.
 */
final class PdfWorker {

    static final byte PAGES = 1;
    static final byte ELSEWHERE = 2;
    static final byte UNREADABLE = 3;

    private PdfWorker() {}

    public static void main(String[] arguments) throws IOException {
        byte[] document = System.in.readAllBytes();
        var answer = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(answer)) {
            read(document, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), out);
        } catch (InvalidPasswordException e) {
            unreadable(answer, "is encrypted, and cannot be read without its password");
        } catch (IOException | RuntimeException | StackOverflowError e) { // broken documents fail in every way
            unreadable(answer, "is no PDF document that can be read: " + e.getMessage());
        }
        try (var pipe = new FileOutputStream(FileDescriptor.out)) {
            pipe.write(answer.toByteArray());
        }
        System.exit(0); // whatever is running
    }

    private static void unreadable(ByteArrayOutputStream answer, String why) {
        answer.reset();
        answer.write(UNREADABLE);
        answer.writeBytes(why.getBytes(StandardCharsets.UTF_8));
    }

    private static void read(byte[] document, int from, int to, DataOutputStream out) throws IOException {
        try (PDDocument whole = Loader.loadPDF(document)) {
            int total = whole.getNumberOfPages();
            if (total == 0) {
                throw new IOException("it has no pages");
            }
            boolean all = from == 0;
            if (all ? total > DocumentReader.WHOLE : from > total) {
                out.writeByte(ELSEWHERE);
                out.writeInt(total);
                return;
            }
            int first = all ? 1 : from;
            int last = all ? total : Math.min(to, total);
            byte[] text = text(whole, first, last).getBytes(StandardCharsets.UTF_8);
            boolean asItIs = first == 1 && last == total && !whole.isEncrypted();
            byte[] pages = asItIs ? document : pages(whole, first, last);
            out.writeByte(PAGES);
            out.writeInt(total);
            out.writeInt(first);
            out.writeInt(last);
            out.writeInt(text.length);
            out.write(text);
            out.write(pages);
        }
    }

    private static String text(PDDocument document, int first, int last) {
        try {
            var stripper = new PDFTextStripper();
            stripper.setStartPage(first);
            stripper.setEndPage(last);
            return stripper.getText(document).strip();
        } catch (IOException | RuntimeException e) {
            return ""; // its pages can be shown all the same
        }
    }

    /** A document of its own: without links, which would take along what they lead to, and without what is behind fields. */
    private static byte[] pages(PDDocument whole, int first, int last) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var some = new PDDocument()) {
            for (int number = first; number <= last; number++) {
                PDPage page = whole.getPage(number - 1);
                PDPage copy = some.importPage(page);
                copy.setResources(page.getResources()); // they may have been those of a whole chapter
                copy.setMediaBox(page.getMediaBox());
                copy.setCropBox(page.getCropBox());
                copy.setRotation(page.getRotation());
                copy.setAnnotations(List.of());
                copy.getCOSObject().removeItem(COSName.B);
                copy.getCOSObject().removeItem(COSName.getPDFName("StructParents"));
            }
            some.save(bytes);
        }
        return bytes.toByteArray();
    }
}
