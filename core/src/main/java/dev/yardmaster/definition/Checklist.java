package dev.yardmaster.definition;

import java.util.List;

/**
 * What a specialist must be able to show before its work counts as done.
 *
 * @param items the texts of the items, in order
 */
public record Checklist(List<String> items) {

    private static final Checklist NONE = new Checklist(List.of());

    public Checklist {
        items = List.copyOf(items);
    }

    public static Checklist none() {
        return NONE;
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }
}
