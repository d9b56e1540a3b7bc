package dev.yardmaster.tool.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A web of one machine: an encrypted server on the loopback with a certificate of its own for {@code site.example}, and a
 * tool for which names lead there. Only a test of this package can make such a tool.
 */
final class LocalWeb implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpsServer server;
    private final SSLContext tls;
    final List<String> lookedUp = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private LocalWeb(HttpsServer server, SSLContext tls) {
        this.server = server;
        this.tls = tls;
    }

    static LocalWeb start(Path folder) throws Exception {
        SSLContext tls = tls(folder.resolve("keys.p12"));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return new LocalWeb(server, tls);
    }

    private static SSLContext tls(Path keys) throws Exception {
        if (!Files.exists(keys)) {
            Process made = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "site",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=site.example",
                            "-ext",
                            "san=dns:site.example,dns:www.site.example,dns:allowed.example",
                            "-validity",
                            "3650",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "changeit",
                            "-keystore",
                            keys.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
                throw new IOException("keytool made no certificate");
            }
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(keys)) {
            store.load(stream, PASSWORD);
        }
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return tls;
    }

    SSLContext tls() {
        return tls;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "https://site.example:" + port() + path;
    }

    void page(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestURI());
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    void page(String path, String type, String body) {
        page(
                path,
                exchange -> answer(exchange, 200, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8)));
    }

    void redirect(String path, String location) {
        page(path, exchange -> answer(exchange, 302, Map.of("Location", location), new byte[0]));
    }

    static void answer(HttpExchange exchange, int status, Map<String, String> headers, byte[] body) throws IOException {
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** A tool for which every name that ends in {@code .example} is on the loopback, and that may go there. */
    WebFetchTool tool() {
        return tool(new WebClient.Limits(1 << 20, Duration.ofSeconds(60)));
    }

    WebFetchTool tool(WebClient.Limits limits) {
        return new WebFetchTool(
                new WebClient(this::lookUp, InetAddress::isLoopbackAddress, () -> tls, limits), clock());
    }

    InstantSource clock() {
        return () -> now;
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        lookedUp.add(host);
        if (!host.endsWith(".example")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
    }

    static ToolResult run(WebFetchTool tool, Path folder, String url) throws Exception {
        var call = new ToolCall("1", "WebFetch", Json.of(Map.of("url", url, "prompt", "What does it say?")));
        Workspace workspace = Workspace.of(folder);
        List<Access> accesses = tool.accesses(call, workspace);
        return tool.run(call, new ToolContext(workspace, new ReadFiles(), line -> {}, accesses::contains));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
