package dev.yardmaster.models;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.ToolProvider;

/**
 * The faults of {@code tools/ProviderFaults.java} in the shared material: a program that stands by itself and is no part of
 * this repository, compiled and looked into here.
 */
final class SharedFaults {

    private final Map<?, ?> faults;
    private final Method serve;

    private SharedFaults(Map<?, ?> faults, Method serve) {
        this.faults = faults;
        this.serve = serve;
    }

    /** Empty when the material is not there. @param folder for what is compiled */
    static Optional<SharedFaults> compiledIn(Path folder) throws ReflectiveOperationException, IOException {
        Path source = Path.of(System.getProperty("yardmaster.shared", ""), "tools", "ProviderFaults.java");
        if (Files.notExists(source)) {
            return Optional.empty();
        }
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-proc:none",
                        "-cp",
                        classPath + File.pathSeparator + folder,
                        "-d",
                        folder.toString(),
                        source.toString());
        if (failed != 0) {
            throw new IllegalStateException("'" + source + "' does not compile");
        }
        var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, SharedFaults.class.getClassLoader());
        Field all = loader.loadClass("ProviderFaults").getDeclaredField("F");
        all.setAccessible(true);
        Method serve = loader.loadClass("ProviderFaults$Fault").getDeclaredMethods()[0];
        serve.setAccessible(true);
        return Optional.of(new SharedFaults((Map<?, ?>) all.get(null), serve));
    }

    List<String> names() {
        return faults.keySet().stream().map(String.class::cast).toList();
    }

    /** The bytes of a fault. @param stream whether a stream is asked for */
    WireServer.Answer answer(String fault, Wire wire, boolean stream) {
        String provider = wire.name().toLowerCase(java.util.Locale.ROOT);
        return connection -> serve(faults.get(fault), provider, stream, connection);
    }

    private void serve(Object fault, String provider, boolean stream, Socket connection) throws IOException {
        try {
            serve.invoke(fault, provider, stream, connection.getOutputStream(), connection);
            if (!connection.isClosed()) {
                connection.getOutputStream().flush();
            }
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IOException(e);
        }
    }

    /** Faults that are a silence. */
    static Set<String> silences() {
        return Set.of("no response (hang)", "STREAM: stall after 1st delta");
    }
}
