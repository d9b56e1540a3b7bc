package dev.yardmaster.tool.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * A page that was fetched, as text.
 *
 * @param address where it really came from
 * @param title of a page of HTML; empty for others
 * @param bytes its size as it came, decompressed
 * @param text HTML as Markdown; other texts as they are, without control characters
 */
record WebPage(String address, String mediaType, String title, int bytes, String text) {

    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([A-Za-z0-9._:-]+)");
    private static final int LOOKED_AT = 8_000;

    /** The page; empty when it is no text. */
    static Optional<WebPage> of(WebAddress address, WebReply reply) throws IOException {
        String type = reply.mediaType();
        int size = reply.body().length;
        if (type.equals("text/html") || type.equals("application/xhtml+xml")) {
            Document page = Jsoup.parse(
                    new ByteArrayInputStream(reply.body()),
                    charset(reply).map(Charset::name).orElse(null),
                    address.toString());
            page.select(Markdown.UNSEEN).remove();
            String text = page.body() == null ? "" : Markdown.of(page.body());
            return Optional.of(new WebPage(address.toString(), type, plain(page.title()), size, plain(text)));
        }
        if (!isText(type, reply.body())) {
            return Optional.empty();
        }
        String text = new String(reply.body(), charset(reply).orElse(StandardCharsets.UTF_8));
        return Optional.of(new WebPage(address.toString(), type.isEmpty() ? "text" : type, "", size, plain(text)));
    }

    private static boolean isText(String type, byte[] body) {
        if (type.isEmpty() || type.equals("application/octet-stream")) {
            for (int i = 0; i < Math.min(LOOKED_AT, body.length); i++) {
                if (body[i] == 0) {
                    return false;
                }
            }
            return type.isEmpty();
        }
        return type.startsWith("text/")
                || type.endsWith("+json")
                || type.endsWith("+xml")
                || type.matches("application/(?:json|ld\\+json|x-ndjson|xml|yaml|x-yaml|toml|javascript|sql|graphql)");
    }

    /** As the server says; what it says wrong is left to be found in the page. */
    private static Optional<Charset> charset(WebReply reply) {
        Matcher matcher = CHARSET.matcher(reply.contentType());
        try {
            return matcher.find() ? Optional.of(Charset.forName(matcher.group(1))) : Optional.empty();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** Without what moves a terminal's cursor, turns text around or is not to be seen. */
    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(c -> {
            boolean kept = c == '\n'
                    || c == '\t'
                    || switch (Character.getType(c)) {
                        case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
                        default -> true;
                    };
            if (kept) {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }
}
