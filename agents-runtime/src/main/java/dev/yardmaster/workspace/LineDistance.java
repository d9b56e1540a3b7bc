package dev.yardmaster.workspace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many lines have to go and to come, at the least, to make one text of another. Found as in E. Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986), without keeping the way there: in numbers, so that to find out that two texts are
 * too different costs little.
 */
final class LineDistance {

    private static final long MOST_STEPS = 20_000_000;

    private LineDistance() {}

    /** Whether so many are enough; no also where it takes too long to say. */
    static boolean isWithin(int most, List<String> before, List<String> after) {
        if (Math.abs(before.size() - after.size()) > most) {
            return false;
        }
        var known = new HashMap<String, Integer>();
        int[] from = numbers(before, known);
        int[] to = numbers(after, known);
        int[] reached = new int[2 * most + 3]; // by how many more lines went than came
        int middle = most + 1;
        long steps = 0;
        for (int changed = 0; changed <= most && steps <= MOST_STEPS; changed++) {
            for (int k = -changed; k <= changed; k += 2) {
                boolean comes = k == -changed || k != changed && reached[middle + k - 1] < reached[middle + k + 1];
                int first = comes ? reached[middle + k + 1] : reached[middle + k - 1] + 1;
                int x = first;
                while (x < from.length && x - k < to.length && from[x] == to[x - k]) {
                    x++;
                }
                reached[middle + k] = x;
                if (x >= from.length && x - k >= to.length) {
                    return true;
                }
                steps += 1 + x - first;
            }
        }
        return false;
    }

    private static int[] numbers(List<String> lines, Map<String, Integer> known) {
        return lines.stream()
                .mapToInt(line -> known.computeIfAbsent(line, added -> known.size()))
                .toArray();
    }
}
