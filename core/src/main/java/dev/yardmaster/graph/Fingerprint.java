package dev.yardmaster.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A SHA-256 over a graph's name, channels, nodes and edges, in hexadecimal. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(Graph graph, Map<String, Body> nodes) {
        var parts = new ArrayList<String>(List.of(graph.name(), "channels"));
        graph.channels().values().forEach(channel -> parts.add(channel.signature()));
        parts.add("nodes");
        nodes.forEach((name, body) -> parts.add(name + ":" + body.signature()));
        parts.add("edges");
        graph.edges().forEach(edge -> parts.add(edge.toString()));
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        (bytes.length + " ").getBytes(StandardCharsets.UTF_8)); // so that parts do not run together
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
