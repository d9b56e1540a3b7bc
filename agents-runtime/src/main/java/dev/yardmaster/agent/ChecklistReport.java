package dev.yardmaster.agent;

import java.util.List;

/**
 * What an agent could show for each item of its definition's checklist.
 *
 * @param items in the order of the checklist
 */
public record ChecklistReport(List<Item> items) {

    public ChecklistReport {
        items = List.copyOf(items);
    }

    /** What the agent says of an item. */
    public enum Verdict {
        /** Done, and the cited tool calls show it. */
        DONE,
        /** Does not apply to this task; the note says why. */
        NOT_APPLICABLE,
        /** Not done, or nothing shows that it is. */
        OPEN
    }

    /**
     * @param item the item's text
     * @param calls the tool calls cited, as {@code turn.call}: {@code 3.1} is the first call of the third turn
     * @param note how, or why not
     */
    public record Item(String item, Verdict verdict, List<String> calls, String note) {
        public Item {
            calls = List.copyOf(calls);
        }
    }

    /** The items that are neither done nor found not to apply. */
    public List<Item> open() {
        return items.stream().filter(item -> item.verdict() == Verdict.OPEN).toList();
    }
}
