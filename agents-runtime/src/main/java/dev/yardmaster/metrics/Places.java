package dev.yardmaster.metrics;

import dev.yardmaster.event.NodePath;

/** The names of nodes without what tells their executions apart: few, whatever runs. */
final class Places {

    private Places() {}

    /** {@code backend/test} of {@code backend#2/test[17]}. */
    static String node(NodePath path) {
        String value = path.value();
        if (value.indexOf('#') < 0 && value.indexOf('[') < 0) {
            return value;
        }
        var name = new StringBuilder(value.length());
        boolean kept = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            kept = c == '/' || kept && c != '#' && c != '[';
            if (kept) {
                name.append(c);
            }
        }
        return name.toString();
    }
}
