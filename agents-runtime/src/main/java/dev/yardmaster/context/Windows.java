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

    private static final Windows BUNDLED = read();

    private final Map<String, Window> byName;
    private final Unknown unknown;

    private Windows(Map<String, Window> byName, Unknown unknown) {
        this.byName = Collections.unmodifiableMap(byName);
        this.unknown = unknown;
    }

    /** The file's top level. */
    private record Book(int version, Unknown unknown, Map<String, WindowList> providers) {}

    private record WindowList(String source, LocalDate seen, Map<String, Long> models) {}

    /** What counts where nothing is known. @param elsewhere at an address that is not the provider's own */
    private record Unknown(long window, long elsewhere) {}

    /** The list that comes with this jar ({@code windows.yaml}). */
    public static Windows bundled() {
        return BUNDLED;
    }

    /** The window of a model: its own word, else that of the list, else a careful guess that says that it is one. */
    public Window of(Model model) {
        return model.window().orElseGet(() -> named(model.name()));
    }

    private Window named(String model) {
        Window listed = byName.get(model);
        if (listed != null) {
            return listed;
        }
        long tokens = model.contains("@") ? unknown.elsewhere() : unknown.window();
        return new Window(tokens, false, "a guess: the window of '" + model + "' is not known here");
    }

    /** The full names that have a window, in the order of the file. */
    public List<String> models() {
        return List.copyOf(byName.keySet());
    }

    private static Windows read() {
        try (InputStream file = Windows.class.getResourceAsStream("windows.yaml")) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            Book book = Json.of(yaml).as(Book.class);
            var all = new LinkedHashMap<String, Window>();
            book.providers()
                    .forEach((provider, list) -> list.models()
                            .forEach((model, tokens) -> all.put(
                                    provider + ":" + model,
                                    new Window(tokens, false, list.source() + ", seen on " + list.seen()))));
            return new Windows(all, book.unknown());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
