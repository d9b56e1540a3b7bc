package dev.yardmaster.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Reads the agents that ship on the class path, in {@code yardmaster/agents/} of jars and of class folders. */
final class StockAgents {

    private static final String FOLDER = "yardmaster/agents/";

    private StockAgents() {}

    static List<Reading> on(ClassLoader loader, AgentReader reader) {
        List<Reading> readings = new ArrayList<>();
        try {
            for (URL url : Collections.list(loader.getResources(FOLDER))) {
                if (url.getProtocol().equals("file")) {
                    readings.addAll(AgentFolder.wherePresent(path(url), reader));
                } else if (url.openConnection() instanceof JarURLConnection jar) {
                    readings.addAll(ofJar(jar, reader));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the stock agents on the class path cannot be read", e);
        }
        return readings;
    }

    private static Path path(URL url) throws IOException {
        try {
            return Path.of(new URI(url.toString()));
        } catch (URISyntaxException e) {
            throw new IOException("not a folder: " + url, e);
        }
    }

    private static List<Reading> ofJar(JarURLConnection connection, AgentReader reader) throws IOException {
        connection.setUseCaches(false);
        List<Reading> readings = new ArrayList<>();
        try (JarFile jar = connection.getJarFile()) {
            List<JarEntry> entries = Collections.list(jar.entries()).stream()
                    .filter(entry -> entry.getName().startsWith(FOLDER)
                            && entry.getName().endsWith(".md"))
                    .sorted(Comparator.comparing(JarEntry::getName))
                    .toList();
            for (JarEntry entry : entries) {
                try (InputStream in = jar.getInputStream(entry)) {
                    readings.add(
                            reader.read("classpath:" + entry.getName(), in.readNBytes(AgentReader.MOST_BYTES + 1)));
                }
            }
        }
        return readings;
    }
}
