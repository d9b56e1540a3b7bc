package dev.yardmaster.tool.web;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.InvalidArgumentsException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * JSON that is sent to a server that settings name. Redirects are answers, not followed; no proxy, no cookies.
 *
 * @param url absolute, {@code http} or {@code https}
 * @param headers that are sent besides
 * @param timeout from the first connection to the last byte
 * @param anywhere whether it may be on this machine or in its network, by http, too; otherwise it is asked for as pages are:
 *     over https, on the public web
 */
public record JsonPost(String url, Map<String, String> headers, Duration timeout, boolean anywhere) {

    private static final int MOST = 1 << 20;

    public JsonPost {
        headers = Map.copyOf(headers);
    }

    /** What was answered. @param status such as 200 @param body as text, a MiB at most */
    public record Answered(int status, String body) {

        /** Whether the server has done what it was asked for. */
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * Sends it. Blocks; an interrupt breaks the connection.
     *
     * @throws IOException when the server is not to be asked, or does not answer; says so in words that follow its address
     */
    public Answered send(Json json) throws IOException {
        return send(json, WebClient.of(anywhere, new WebClient.Limits(MOST, timeout)));
    }

    Answered send(Json json, WebClient client) throws IOException {
        URI address = address();
        var request = new HttpPost(address);
        headers.forEach(request::setHeader);
        request.setHeader("Accept", "application/json, text/plain;q=0.5");
        request.setHeader("User-Agent", "Yardmaster (hook)");
        request.setEntity(new StringEntity(json.text(), ContentType.APPLICATION_JSON));
        WebReply reply = client.send(request, address.getHost());
        return new Answered(reply.status(), new String(reply.body(), StandardCharsets.UTF_8));
    }

    private URI address() throws UnreachableException {
        try {
            if (!anywhere) {
                return WebAddress.of(url).uri();
            }
            var address = new URI(url.strip());
            String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            if (address.getHost() == null || !scheme.equals("http") && !scheme.equals("https")) {
                throw new UnreachableException(
                        "is no address of a server: it begins with http:// or https:// and a host");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new UnreachableException("is no address: " + e.getReason(), e);
        } catch (InvalidArgumentsException e) {
            throw new UnreachableException("is not asked: " + e.getMessage(), e);
        }
    }
}
