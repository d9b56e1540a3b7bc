package dev.yardmaster.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the open items, {@code - [ ] …} and {@code * [ ] …}, of a markdown text outside its code fences. */
final class ChecklistReader {

    private static final Pattern ITEM = Pattern.compile("\\s*[-*+]\\s+\\[ ]\\s+(\\S.*)");
    private static final Pattern FENCE = Pattern.compile("\\s*(`{3,}|~{3,})(.*)");

    private ChecklistReader() {}

    static Checklist read(String markdown) {
        List<String> items = new ArrayList<>();
        String fence = "";
        for (String line : (Iterable<String>) markdown.lines()::iterator) {
            Matcher mark = FENCE.matcher(line);
            if (mark.matches()) {
                if (fence.isEmpty()) {
                    fence = mark.group(1);
                } else if (mark.group(1).startsWith(fence) && mark.group(2).isBlank()) {
                    fence = "";
                }
                continue;
            }
            Matcher item = ITEM.matcher(line);
            if (fence.isEmpty() && item.matches()) {
                items.add(item.group(1).strip());
            }
        }
        return items.isEmpty() ? Checklist.none() : new Checklist(items);
    }
}
