package dev.yardmaster.context;

import dev.yardmaster.event.Json;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.Model.Window;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** How much fits each model: what the model says of itself, else the list that comes with this jar. Immutable. */
public final class Windows {

    private static final Windows BUNDLED = new Windows();

    /** Of a model that nobody knows. */
    private static final long UNKNOWN = 128_000;

    /** Of one at an address that is not its provider's own, where smaller ones are usual. */
    private static final long ELSEWHERE = 32_768;

    private Windows() {}

    /** Whether it is the name of one whose models are in the list. */
    private static boolean isListed(String model) {
        return model.startsWith("anthropic:") || model.startsWith("openai:") || model.startsWith("gemini:");
    }

    /** Read when somebody first asks for a name that may be in it. */
    private static final class Lists {
        static final Map<String, Window> BY_NAME = Collections.unmodifiableMap(read());
    }

    /** The file's top level. */
    private record Book(int version, Map<String, WindowList> providers) {}

    private record WindowList(String source, LocalDate seen, Map<String, Long> models) {}

    /** The list that comes with this jar ({@code windows.yaml}). */
    public static Windows bundled() {
        return BUNDLED;
    }

    /** The window of a model: its own word, else that of the list, else a careful guess that says that it is one. */
    public Window of(Model model) {
        return model.window().orElseGet(() -> named(model.name()));
    }

    private Window named(String model) {
        Window listed = isListed(model) ? Lists.BY_NAME.get(model) : null;
        if (listed != null) {
            return listed;
        }
        long tokens = model.contains("@") ? ELSEWHERE : UNKNOWN;
        return new Window(tokens, false, "a guess: the window of '" + model + "' is not known here");
    }

    /** The full names that have a window, in the order of the file. */
    public List<String> models() {
        return List.copyOf(Lists.BY_NAME.keySet());
    }

    private static Map<String, Window> read() {
        try (InputStream file = Windows.class.getResourceAsStream("windows.yaml")) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            Book book = Json.of(yaml).as(Book.class);
            var all = new LinkedHashMap<String, Window>();
            book.providers()
                    .forEach((provider, list) -> list.models()
                            .forEach((model, tokens) -> all.put(
                                    provider + ":" + model,
                                    new Window(tokens, false, list.source() + ", seen on " + list.seen()))));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
