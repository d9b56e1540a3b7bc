package dev.yardmaster.pdf;

import dev.yardmaster.tool.media.DocumentReader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.fontbox.FontBoxFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessRead;

/**
 * Reads pages with <a href="https://pdfbox.apache.org">Apache PDFBox</a>, in a Java process of its own for each document:
 * it has 256 MB and a minute, no environment, and is gone afterwards. So a document that was made to fill the memory, or
 * to be read for ever, harms nobody.
 */
public final class PdfBoxReader implements DocumentReader {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int MEGABYTES = 256;

    /** What a worker may send: its pages, and what it says of them. */
    private static final int LONGEST_ANSWER = 120_000_000;

    private final Duration deadline;
    private final List<String> options;

    /** For the {@link java.util.ServiceLoader}. */
    public PdfBoxReader() {
        this(DEADLINE, MEGABYTES);
    }

    PdfBoxReader(Duration deadline, int megabytes) {
        this.deadline = deadline;
        this.options = List.of(
                "-Xmx" + megabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-Dpdfbox.fontcache=" + System.getProperty("java.io.tmpdir"));
    }

    @Override
    public Reading read(byte[] document, Range range) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), PdfWorker.class.getName()));
        command.addAll(List.of(String.valueOf(range.first()), String.valueOf(range.last())));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        Process worker = builder.start();
        try {
            Thread.ofVirtual().start(() -> send(document, worker));
            var answer = new CompletableFuture<byte[]>();
            Thread.ofVirtual().start(() -> receive(worker, answer));
            if (!worker.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Reading.Unreadable(
                        "takes longer than " + deadline.toSeconds() + " s to be read; it may be damaged");
            }
            return worker.exitValue() == 0 ? reading(answer.get()) : new Reading.Unreadable(why(worker.exitValue()));
        } catch (ExecutionException e) {
            throw new IOException("what was read of the document did not arrive", e.getCause());
        } finally {
            worker.destroyForcibly();
        }
    }

    private static String why(int exitCode) {
        return exitCode == OUT_OF_MEMORY
                ? "needs more memory to be read than it is given; it may be damaged, or made to do harm"
                : "cannot be read: its reader ended with exit code " + exitCode;
    }

    /** Of {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;

    private static void send(byte[] document, Process worker) {
        try (OutputStream in = worker.getOutputStream()) {
            in.write(document);
        } catch (IOException e) {
            // it has ended, and its exit code says why
        }
    }

    private static void receive(Process worker, CompletableFuture<byte[]> answer) {
        try (InputStream out = worker.getInputStream()) {
            answer.complete(out.readNBytes(LONGEST_ANSWER));
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }

    private static Reading reading(byte[] answer) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(answer))) {
            return switch (in.readByte()) {
                case PdfWorker.PAGES -> {
                    int total = in.readInt();
                    int first = in.readInt();
                    int last = in.readInt();
                    String text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
                    yield new Reading.Pages(total, first, last, in.readAllBytes(), text);
                }
                case PdfWorker.ELSEWHERE -> new Reading.Elsewhere(in.readInt());
                default -> new Reading.Unreadable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            };
        }
    }

    /** The jars, or folders, that the worker's classes are in. @throws IOException when they are in no file of their own */
    private static String classPath() throws IOException {
        Set<String> places = new LinkedHashSet<>();
        places.add(place(PdfWorker.class));
        places.add(place(Loader.class));
        places.add(place(RandomAccessRead.class));
        places.add(place(FontBoxFont.class));
        places.add(place(org.apache.commons.logging.LogFactory.class));
        return String.join(File.pathSeparator, places);
    }

    private static String place(Class<?> type) throws IOException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL url = source == null ? null : source.getLocation();
        try {
            if (url != null && "file".equals(url.getProtocol())) {
                return Path.of(new URI(url.toString())).toString();
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new IOException("documents are read in a process of its own, which needs the jars of yardmaster-pdf as"
                + " files; " + type.getName() + " is in " + url);
    }
}
