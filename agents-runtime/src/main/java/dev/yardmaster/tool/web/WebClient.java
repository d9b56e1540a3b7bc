package dev.yardmaster.tool.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * Asks one server for one page. The name is looked up once, every address it has must be permitted, and the connection is
 * made to one of these and no other; redirects are answers, not followed. Proxies are not used: what resolves names
 * somewhere else cannot be checked here (docs/decisions/0105). Thread-safe; keeps no connection and no cookie.
 */
final class WebClient {

    /** Looks names up: {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /**
     * @param bytes of a page, decompressed
     * @param whole from the first connection to the last byte
     */
    record Limits(int bytes, Duration whole) {}

    private static final Limits LIMITS = new Limits(5 * 1024 * 1024, Duration.ofSeconds(60));
    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout SILENCE = Timeout.ofSeconds(30);

    private final Names names;
    private final Predicate<InetAddress> permitted;
    private final Supplier<SSLContext> tls;
    private final Limits limits;

    WebClient(Names names, Predicate<InetAddress> permitted, Supplier<SSLContext> tls, Limits limits) {
        this.names = names;
        this.permitted = permitted;
        this.tls = tls;
        this.limits = limits;
    }

    /** One that reaches the public internet and nothing else. */
    static WebClient ofThePublicWeb() {
        return new WebClient(InetAddress::getAllByName, new PublicAddresses(), WebClient::defaultTls, LIMITS);
    }

    /** @param anywhere whether it reaches this machine and its network, too */
    static WebClient of(boolean anywhere, Limits limits) {
        Predicate<InetAddress> permitted = anywhere ? address -> true : new PublicAddresses();
        return new WebClient(InetAddress::getAllByName, permitted, WebClient::defaultTls, limits);
    }

    /** Asked for when it is needed: it reads all the authorities that are trusted. */
    private static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has a default TLS context", e);
        }
    }

    /**
     * Blocks until the answer is there, at most for the limit's time.
     *
     * @throws UnreachableException when the server is not to be asked, or its answer is of no use
     * @throws IOException when the connection breaks, which may be otherwise the next time
     */
    WebReply get(WebAddress address) throws IOException {
        var request = new HttpGet(address.uri());
        request.setHeader("Accept", "text/markdown, text/html;q=0.9, text/*;q=0.8, */*;q=0.1");
        return send(request, address.host());
    }

    /** The same for another request. @param host of its address */
    WebReply send(HttpUriRequestBase request, String host) throws IOException {
        InetAddress[] addresses = permitted(host);
        request.setHeader("Accept-Encoding", "gzip");
        var late = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().start(() -> cancel(request, late));
        try (CloseableHttpClient client = client(host, addresses);
                ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            return closed(request, response);
        } catch (IOException | RuntimeException e) {
            throw late.get()
                    ? new UnreachableException(
                            "did not answer within " + limits.whole().toSeconds() + " s", e)
                    : trouble(e);
        } finally {
            watch.interrupt();
        }
    }

    /** Cut off before it is closed, which would read what is left of an endless body. */
    private WebReply closed(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        try {
            return reply(response);
        } finally {
            request.cancel();
        }
    }

    /** All of them: a name with one address outside and one inside is a trap. */
    private InetAddress[] permitted(String host) throws UnreachableException {
        InetAddress[] addresses;
        try {
            addresses = names.of(host);
        } catch (UnknownHostException e) {
            throw new UnreachableException("has a host that is not known: " + host, e);
        }
        for (InetAddress address : addresses) {
            if (!permitted.test(address)) {
                throw new UnreachableException("is not on the public web: " + address.getHostAddress()
                        + (host.contains(address.getHostAddress()) ? "" : ", which is what " + host + " leads to,")
                        + " is no public address");
            }
        }
        return addresses;
    }

    private void cancel(HttpUriRequestBase request, AtomicBoolean late) {
        try {
            Thread.sleep(limits.whole());
            late.set(true);
            request.cancel();
        } catch (InterruptedException e) {
            return; // it was in time
        }
    }

    private CloseableHttpClient client(String host, InetAddress[] addresses) {
        var pinned = new Pinned(host, addresses);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(pinned)
                .setTlsSocketStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(tls.get())
                        .buildClassic())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(100)
                                .setMaxLineLength(16_384)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(SILENCE)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(SILENCE)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Yardmaster (WebFetch)")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    /** Says the addresses that were checked, for the host they were checked for. */
    private record Pinned(String host, InetAddress[] addresses) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String asked) throws UnknownHostException {
            if (!bare(asked).equalsIgnoreCase(bare(host))) {
                throw new UnknownHostException(asked + " is not the host that was checked");
            }
            return Arrays.copyOf(addresses, addresses.length);
        }

        /** An IPv6 address without its brackets. */
        private static String bare(String host) {
            return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        }

        @Override
        public String resolveCanonicalHostname(String asked) {
            return asked;
        }
    }

    private WebReply reply(ClassicHttpResponse response) throws IOException {
        return new WebReply(
                response.getCode(),
                response.getReasonPhrase(),
                header(response, "Location"),
                header(response, "Content-Type"),
                body(response));
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    private byte[] body(ClassicHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return new byte[0];
        }
        String encoding =
                header(response, "Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
        InputStream sent = response.getEntity().getContent();
        InputStream plain = switch (encoding) {
            case "", "identity" -> sent;
            case "gzip", "x-gzip" -> new GZIPInputStream(sent);
            default -> throw new UnreachableException("is sent as " + encoding + ", which was not asked for");
        };
        byte[] bytes = plain.readNBytes(limits.bytes() + 1);
        if (bytes.length > limits.bytes()) {
            throw new UnreachableException("is larger than " + limits.bytes() + " bytes");
        }
        return bytes;
    }

    /** What repeating does not cure is told apart. */
    private static IOException trouble(Exception e) {
        return switch (e) {
            case UnreachableException known -> known;
            case SSLException tls ->
                new UnreachableException("has no trustworthy encryption: " + tls.getMessage(), tls);
            case SocketTimeoutException silent ->
                new UnreachableException("does not answer: " + silent.getMessage(), silent);
            case ZipException broken -> new UnreachableException("is not compressed as it says", broken);
            case IOException passing -> passing;
            default -> new UnreachableException("cannot be fetched: " + e.getMessage(), e);
        };
    }
}
