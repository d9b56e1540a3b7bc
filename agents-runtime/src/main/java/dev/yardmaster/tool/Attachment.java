package dev.yardmaster.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.yardmaster.event.DataUri;

/**
 * What a result shows beside its words: an image, or a document. The words say what it is, so that they stand alone where
 * it cannot be shown: to a model that takes no images, in a summary, on a terminal.
 *
 * @param data its bytes: {@code image/png}, {@code image/jpeg}, {@code image/webp} or {@code application/pdf} can be shown
 * @param pages how many pages a document has; 1 for an image
 * @param words what is told in its place where it cannot be shown, such as the text of a document's pages; may be empty
 */
public record Attachment(
        DataUri data,
        int pages,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String words) {

    /** The media type of documents that can be shown. */
    public static final String PDF = "application/pdf";

    public Attachment {
        pages = Math.max(1, pages);
        words = words == null ? "" : words;
    }

    public static Attachment image(DataUri data) {
        return new Attachment(data, 1, "");
    }

    /** @param words the text of its pages, for models that are shown no documents */
    public static Attachment pdf(byte[] bytes, int pages, String words) {
        return new Attachment(DataUri.of(PDF, bytes), pages, words);
    }

    public boolean isImage() {
        return data.mediaType().startsWith("image/");
    }

    public boolean isPdf() {
        return data.mediaType().equals(PDF);
    }
}
