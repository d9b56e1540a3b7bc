package dev.yardmaster.tool.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The shell scripts that lie beside these classes. */
final class Scripted {

    private Scripted() {}

    static String text(String name) {
        try (InputStream stream = Scripted.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("'" + name + "' is not on the class path; this jar is not whole");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
