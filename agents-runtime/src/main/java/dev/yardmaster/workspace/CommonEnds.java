package dev.yardmaster.workspace;

import java.util.List;

/** How many lines are the same at both ends of two texts; none counts twice. */
public record CommonEnds(int head, int tail) {

    public static CommonEnds of(List<String> before, List<String> after) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        return new CommonEnds(head, tail);
    }

    /** What of one of the two is not at the ends. */
    public List<String> between(List<String> lines) {
        return lines.subList(head, lines.size() - tail);
    }
}
