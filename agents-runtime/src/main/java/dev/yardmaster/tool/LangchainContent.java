package dev.yardmaster.tool;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.pdf.PdfFile;
import dev.yardmaster.event.DataUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * langchain4j's contents that a {@code @Tool} method returns, alone or in a list, as a result that shows them. What is only
 * named by an address is told, not fetched.
 */
final class LangchainContent {

    private final List<String> words = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();

    private LangchainContent() {}

    /** Itself when it is something else. */
    static @Nullable Object understood(@Nullable Object value) {
        if (value instanceof Image image) {
            return of(List.of(ImageContent.from(image)));
        }
        if (value instanceof Content content) {
            return of(List.of(content));
        }
        boolean contents = value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(each -> each instanceof Content || each instanceof Image);
        return contents ? of((List<?>) value) : value;
    }

    private static ToolResult.Text of(List<?> contents) {
        var all = new LangchainContent();
        contents.forEach(all::add);
        return new ToolResult.Text(String.join("\n", all.words)).withAttachments(all.attachments);
    }

    private void add(Object content) {
        switch (content) {
            case TextContent text -> words.add(text.text());
            case Image image -> add(ImageContent.from(image));
            case ImageContent image -> image(image.image());
            case PdfFileContent pdf -> document(pdf.pdfFile());
            default -> words.add("(" + content.getClass().getSimpleName() + ", which cannot be shown)");
        }
    }

    private void image(Image image) {
        data(image.base64Data(), Objects.requireNonNullElse(image.mimeType(), "image/png"), image.url());
    }

    private void document(PdfFile file) {
        data(file.base64Data(), Attachment.PDF, file.url());
    }

    private void data(@Nullable String base64, String mediaType, @Nullable URI address) {
        if (base64 == null) {
            words.add("(" + mediaType + " at " + address + ", which is not fetched)");
            return;
        }
        try {
            var data = new DataUri(mediaType, base64.replaceAll("\\s", ""));
            attachments.add(new Attachment(data, 1, ""));
            words.add("(" + data + ")");
        } catch (IllegalArgumentException e) {
            words.add("(" + mediaType + ", which cannot be shown: " + e.getMessage() + ")");
        }
    }
}
