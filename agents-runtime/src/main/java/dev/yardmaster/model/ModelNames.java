package dev.yardmaster.model;

import java.util.Arrays;
import java.util.List;

/**
 * Models by their full names, in which {@code *} stands for anything: {@code ollama:*}, {@code openai:deepseek-*}, {@code *} for
 * all. Names are those that models are shown by, with an address behind {@code @} where they have one. Immutable.
 */
public final class ModelNames {

    private static final ModelNames NONE = new ModelNames(List.of());

    private final List<String> patterns;

    private ModelNames(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    public static ModelNames none() {
        return NONE;
    }

    /** @throws IllegalArgumentException when one of them can be no full name: it has neither a colon nor a {@code *} */
    public static ModelNames of(String... patterns) {
        for (String each : patterns) {
            if (!each.contains(":") && !each.contains("*")) {
                throw new IllegalArgumentException("'" + each + "' is no full name of a model; write provider:model, in"
                        + " which * stands for anything: ollama:*");
            }
        }
        return new ModelNames(Arrays.stream(patterns).map(String::strip).toList());
    }

    /** Whether one of them is meant. @param name a model's full name */
    public boolean contains(String name) {
        for (String each : patterns) {
            if (matches(each, name)) {
                return true;
            }
        }
        return false;
    }

    /** The pieces between the stars, each where it comes first: in time that grows with the name alone. */
    private static boolean matches(String pattern, String name) {
        String[] pieces = pattern.split("\\*", -1);
        if (pieces.length == 1) {
            return pattern.equals(name);
        }
        String last = pieces[pieces.length - 1];
        int at = pieces[0].length();
        if (!name.startsWith(pieces[0])) {
            return false;
        }
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = name.indexOf(pieces[i], at);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        return name.length() - last.length() >= at && name.endsWith(last);
    }
}
