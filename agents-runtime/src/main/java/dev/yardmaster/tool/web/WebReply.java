package dev.yardmaster.tool.web;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param status such as 200
 * @param reason in the server's words
 * @param location where it says to go instead
 * @param contentType as it was sent; empty when it was not
 * @param body decompressed
 */
record WebReply(int status, String reason, Optional<String> location, String contentType, byte[] body) {

    WebReply(
            int status, @Nullable String reason, Optional<String> location, Optional<String> contentType, byte[] body) {
        this(status, reason == null ? "" : reason, location, contentType.orElse(""), body);
    }

    boolean isRedirect() {
        return location.isPresent()
                && (status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The type without its parameters, in lower case. */
    String mediaType() {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
