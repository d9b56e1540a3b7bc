package dev.yardmaster.house;

import java.util.List;
import java.util.Set;

/**
 * A package and what it may import.
 *
 * @param module the folder its sources are in
 * @param name without the root {@code dev.yardmaster.}; ending in {@code .*} it stands for everything below it, too
 * @param imports the names of other rows; its own package goes without saying
 */
record Row(String module, String name, Set<String> imports) {

    static Row of(String module, String name, String... imports) {
        return new Row(module, name, Set.of(imports));
    }

    static Row of(String module, String name, List<String> imports) {
        return new Row(module, name, Set.copyOf(imports));
    }

    boolean holds(String packageName) {
        return packageName.equals(name)
                || name.endsWith(".*") && (packageName + ".").startsWith(name.substring(0, name.length() - 1));
    }
}
