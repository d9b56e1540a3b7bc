package dev.yardmaster.tool.media;

import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

/**
 * What results show, made fit for models and for the record, whatever tool it came from. What cannot be shown is named in
 * the words, with the reason.
 */
public final class Showing {

    /** Of a document, in bytes: a request holds it in base64, and so does the record. */
    public static final int LONGEST_DOCUMENT = 10_000_000;

    /** What a PDF document begins with. */
    public static final String PDF_BEGINS = "%PDF-";

    private static final int MOST = 20;
    private static final byte[] PDF = PDF_BEGINS.getBytes(StandardCharsets.US_ASCII);

    private Showing() {}

    /** @throws InterruptedException when it is interrupted while an image is made smaller */
    public static ToolResult.Text fit(ToolResult.Text result) throws InterruptedException {
        if (result.attachments().isEmpty()) {
            return result;
        }
        var shown = new ArrayList<Attachment>();
        var words = new StringBuilder(result.text());
        for (Attachment each : result.attachments()) {
            Fit fit = shown.size() == MOST
                    ? Fit.not("of one result " + MOST + " attachments are shown at most")
                    : each.isImage() ? image(each) : other(each);
            fit.attachment().ifPresent(shown::add);
            if (fit.attachment().isEmpty()) {
                words.append("\n[not shown: ")
                        .append(each.data())
                        .append(": ")
                        .append(fit.why())
                        .append(']')
                        .append(each.words().isEmpty() ? "" : "\n" + each.words());
            }
        }
        return shown.equals(result.attachments())
                ? result
                : result.withText(words.toString()).withAttachments(shown);
    }

    private record Fit(Optional<Attachment> attachment, String why) {

        static Fit as(Attachment attachment) {
            return new Fit(Optional.of(attachment), "");
        }

        static Fit not(String why) {
            return new Fit(Optional.empty(), why);
        }
    }

    private static Fit image(Attachment attachment) throws InterruptedException {
        byte[] bytes = attachment.data().bytes();
        boolean fits = ImageFile.isFit(bytes)
                && ImageHead.format(bytes)
                        .filter(format ->
                                format.mediaType().equals(attachment.data().mediaType()))
                        .isPresent();
        if (fits) {
            return Fit.as(attachment);
        }
        return switch (ImageFile.of(bytes)) {
            case ImageFile.Shown shown -> Fit.as(new Attachment(shown.data(), 1, attachment.words()));
            case ImageFile.Unusable unusable -> Fit.not("it " + unusable.why());
        };
    }

    private static Fit other(Attachment attachment) {
        if (!attachment.isPdf()) {
            return Fit.not("only images and PDF documents can be");
        }
        byte[] bytes = attachment.data().bytes();
        if (bytes.length > LONGEST_DOCUMENT) {
            return Fit.not("a document may have " + LONGEST_DOCUMENT + " bytes at most");
        }
        boolean pdf = bytes.length >= PDF.length && Arrays.equals(bytes, 0, PDF.length, PDF, 0, PDF.length);
        return pdf ? Fit.as(attachment) : Fit.not("it is no PDF document");
    }
}
