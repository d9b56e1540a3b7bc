package dev.yardmaster.context;

import dev.yardmaster.model.Model;
import dev.yardmaster.model.Model.Window;
import dev.yardmaster.yaml.ProviderList;
import java.util.List;
import java.util.Optional;

/** How much fits each model: what the model says of itself, else the list that comes with this jar. Immutable. */
public final class Windows {

    private static final Windows BUNDLED = new Windows();
    private static final ProviderList<Long> LISTED = ProviderList.beside(Windows.class, "windows.yaml", Long.class);

    /** Of a model that nobody knows. */
    private static final long UNKNOWN = 128_000;

    /** Of one at an address that is not its provider's own, where smaller ones are usual. */
    private static final long ELSEWHERE = 32_768;

    private Windows() {}

    /** The list that comes with this jar ({@code windows.yaml}). */
    public static Windows bundled() {
        return BUNDLED;
    }

    /** The window of a model: its own word, else that of the list, else a careful guess that says that it is one. */
    public Window of(Model model) {
        return model.window().orElseGet(() -> named(model.name()));
    }

    private Window named(String model) {
        Optional<ProviderList.Listed<Long>> listed = LISTED.find(model);
        if (listed.isPresent()) {
            var it = listed.get();
            return new Window(it.known(), false, it.source() + ", seen on " + it.seen());
        }
        long tokens = model.contains("@") ? ELSEWHERE : UNKNOWN;
        return new Window(tokens, false, "a guess: the window of '" + model + "' is not known here");
    }

    /** The full names that have a window, in the order of the file. */
    public List<String> models() {
        return LISTED.models();
    }
}
