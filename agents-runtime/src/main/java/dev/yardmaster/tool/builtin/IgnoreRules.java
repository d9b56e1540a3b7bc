package dev.yardmaster.tool.builtin;

import dev.yardmaster.workspace.GlobPattern;
import dev.yardmaster.workspace.InvalidGlobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code .gitignore} files leave out (git's documentation, "gitignore"): the last matching pattern counts, nearer
 * files after farther ones, {@code !} takes a file back in. Files are read when a folder is first asked about.
 */
final class IgnoreRules {

    /** @param anchored whether the pattern is matched against the whole path below its folder */
    private record Rule(GlobPattern pattern, boolean negated, boolean foldersOnly, boolean anchored) {}

    /** A rule and the folder of the file it stands in. */
    private record Placed(Path folder, Rule rule) {}

    private final Path root;

    /** What counts in a folder, the outermost first; folders without a file of their own share their parent's. */
    private final Map<Path, List<Placed>> byFolder = new HashMap<>();

    /** @param root where the rules begin: nothing above it is read */
    IgnoreRules(Path root) {
        this.root = root;
    }

    boolean ignores(Path path, boolean isFolder) {
        if (path.getFileName().toString().equals(".git")) {
            return true;
        }
        boolean ignored = false;
        for (Placed placed : in(path.getParent())) {
            if (matches(placed.rule(), placed.folder(), path, isFolder)) {
                ignored = !placed.rule().negated();
            }
        }
        return ignored;
    }

    private List<Placed> in(Path folder) {
        List<Placed> known = byFolder.get(folder);
        if (known != null) {
            return known;
        }
        boolean below = folder.startsWith(root) && !folder.equals(root);
        List<Placed> outer = below ? in(folder.getParent()) : List.of();
        List<Rule> own = folder.startsWith(root) ? read(folder) : List.of();
        List<Placed> all = own.isEmpty()
                ? outer
                : Stream.concat(outer.stream(), own.stream().map(rule -> new Placed(folder, rule)))
                        .toList();
        byFolder.put(folder, all);
        return all;
    }

    private static boolean matches(Rule rule, Path folder, Path path, boolean isFolder) {
        if (rule.foldersOnly() && !isFolder) {
            return false;
        }
        String text = rule.anchored()
                ? folder.relativize(path).toString().replace('\\', '/')
                : path.getFileName().toString();
        return rule.pattern().matches(text);
    }

    private static List<Rule> read(Path folder) {
        var rules = new ArrayList<Rule>();
        Path file = folder.resolve(".gitignore");
        if (Files.isRegularFile(file)) {
            try {
                for (String line : Files.readAllLines(file)) {
                    add(line, rules);
                }
            } catch (IOException e) {
                return List.of(); // a file that cannot be read ignores nothing
            }
        }
        return rules;
    }

    private static void add(String line, List<Rule> rules) {
        String text = line.stripTrailing();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        boolean negated = text.startsWith("!");
        String pattern = negated ? text.substring(1) : text;
        boolean foldersOnly = pattern.endsWith("/");
        pattern = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean anchored = pattern.contains("/");
        pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        try {
            rules.add(new Rule(GlobPattern.of(pattern.replace("{", "\\{")), negated, foldersOnly, anchored));
        } catch (InvalidGlobException e) {
            return; // git, too, passes over a pattern it cannot read
        }
    }
}
