package dev.yardmaster.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on the loopback that answers request after request with what it was given, byte for byte. */
final class WireServer implements AutoCloseable {

    /** What was sent to it. */
    record Request(String line, Map<String, String> headers, String text) {

        JsonNode json() {
            return Json.parse(text).as(JsonNode.class);
        }
    }

    /** Bytes, and how they end. */
    interface Answer {
        void on(Socket connection) throws IOException;
    }

    private final ServerSocket socket;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ArrayDeque<Answer> answers;

    WireServer(Answer... answers) {
        this.answers = new ArrayDeque<>(List.of(answers));
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static Answer status(int status, String body, String... headers) {
        return connection -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            send(connection, "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\n");
            for (String header : headers) {
                send(connection, header + "\r\n");
            }
            send(connection, "Content-Length: " + bytes.length + "\r\nConnection: close\r\n\r\n");
            connection.getOutputStream().write(bytes);
        };
    }

    static Answer json(String body) {
        return status(200, body);
    }

    /** A body that announces more bytes than come. */
    static Answer cutBody(String body) {
        return connection -> send(
                connection,
                "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: " + (body.length() + 10)
                        + "\r\n\r\n" + body);
    }

    /** A stream that ends as streams should. */
    static Answer stream(String type, String... events) {
        return connection -> {
            begin(connection, type, events);
            send(connection, "0\r\n\r\n");
        };
    }

    /** A stream whose connection closes without the end of the body. */
    static Answer cutStream(String type, String... events) {
        return connection -> begin(connection, type, events);
    }

    /** A stream that is closed after these bytes, wherever in an event or a letter that is. */
    static Answer cutBytes(String type, byte[] bytes) {
        return connection -> {
            send(connection, "HTTP/1.1 200 X\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n");
            connection.getOutputStream().write(bytes);
        };
    }

    /** A stream after which the connection stays open and silent, until the client goes away. */
    static Answer stalledStream(String type, String... events) {
        return connection -> {
            begin(connection, type, events);
            drain(connection);
        };
    }

    /** No byte at all, until the client goes away. */
    static Answer silence() {
        return WireServer::drain;
    }

    private static void begin(Socket connection, String type, String... events) throws IOException {
        send(connection, "HTTP/1.1 200 X\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (String event : events) {
            byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0) {
                send(connection, Integer.toHexString(bytes.length) + "\r\n" + event + "\r\n");
            }
        }
    }

    private static void drain(Socket connection) throws IOException {
        connection.getOutputStream().flush();
        while (connection.getInputStream().read() >= 0) {
            // the client is still there
        }
    }

    private static void send(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    int port() {
        return socket.getLocalPort();
    }

    List<Request> requests() {
        return requests;
    }

    Request request() {
        return requests.getLast();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            requests.add(read(connection.getInputStream()));
            Answer answer;
            synchronized (answers) {
                answer = answers.size() > 1 ? answers.poll() : answers.peek();
            }
            if (answer != null) {
                answer.on(connection);
            }
        } catch (IOException e) {
            // the client went away, as some tests want it to
        }
    }

    private static Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(lines[0], headers, new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
