package dev.yardmaster.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of the house over files as they are. Each says what breaks it, one line a break, with what to do; an empty list
 * is good news.
 *
 * @param texts the files, by path relative to the repository's root
 */
record FileRules(Map<Path, String> texts) {

    /** Names of hosts with a gap in them: this file is looked at, too. */
    private static final Pattern REGISTRY = Pattern.compile(
            "repo1? .maven|repository .apache|registry .npmjs|pypi .org|files .pythonhosted|proxy .golang|artifact ory|nexus ."
                    .replace(" ", "")
                    .replace(".", "\\."),
            Pattern.CASE_INSENSITIVE);

    /** Folders where somebody's checkout or home is; whoever means any path writes one of no machine. */
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.~*})-])/(?:work|root|builds|home/runner|Users/\\w+)/(?=\\w)");

    private static final Pattern PAGE = Pattern.compile("(?<![\\w./])docs/[\\w/-]+\\.md");
    private static final Path DOCS = Path.of("docs");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(\\s*<?(?<target>[^)\\s>]+)>?[^)]*\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

    /** Hosts of package registries. */
    List<String> registries() {
        return lines(REGISTRY, "is a package registry's host; a build finds its registry by its own settings");
    }

    /** Paths that exist on one machine. */
    List<String> machinePaths() {
        return lines(MACHINE_PATH, "begins a path of one machine; make it relative, or a setting");
    }

    private List<String> lines(Pattern pattern, String why) {
        var broken = new ArrayList<String>();
        texts.forEach((file, text) -> {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher matcher = pattern.matcher(lines.get(i));
                if (matcher.find()) {
                    broken.add(file + ":" + (i + 1) + ": '" + matcher.group() + "' " + why);
                }
            }
        });
        return broken;
    }

    /** Java files below a folder of that name that are too long to be one idea. */
    List<String> tooLong(String folder, int most) {
        return texts.entrySet().stream()
                .filter(each -> each.getKey().toString().contains("/" + folder + "/"))
                .filter(each -> each.getKey().toString().endsWith(".java"))
                .filter(each -> each.getValue().lines().count() > most)
                .map(each -> each.getKey() + " has " + each.getValue().lines().count() + " lines, more than " + most
                        + ": find the second idea in it")
                .toList();
    }

    /** Links between files that lead nowhere, headings included. */
    List<String> deadLinks() {
        var broken = new TreeSet<String>();
        texts.forEach((file, text) -> {
            if (file.toString().endsWith(".md")) {
                Matcher link =
                        LINK.matcher(INLINE_CODE.matcher(withoutBlocks(text)).replaceAll("code"));
                while (link.find()) {
                    String target = link.group("target");
                    if (!target.matches("(?i)[a-z][a-z+.-]*:.*")) {
                        dead(file, target).ifPresent(why -> broken.add(file + " links to '" + target + "': " + why));
                    }
                }
            }
        });
        return List.copyOf(broken);
    }

    /** Pages that nobody finds from the index. */
    List<String> unlistedPages() {
        String index = texts.getOrDefault(DOCS.resolve("README.md"), "");
        return texts.keySet().stream()
                .filter(file -> file.startsWith(DOCS) && file.toString().endsWith(".md"))
                .filter(file -> !file.startsWith(DOCS.resolve("decisions")) && !file.endsWith("README.md"))
                .filter(file -> !index.contains("(" + DOCS.relativize(file) + ")"))
                .map(file -> file + " has no line in docs/README.md; add one")
                .toList();
    }

    /** Pages that code or its comments send readers to, and that are not there. */
    List<String> missingPages() {
        var broken = new TreeSet<String>();
        texts.forEach((file, text) -> {
            Matcher page = file.toString().contains("/src/main/") ? PAGE.matcher(text) : PAGE.matcher("");
            while (page.find()) {
                if (!texts.containsKey(Path.of(page.group()))) {
                    broken.add(
                            file + " names " + page.group() + ", which is not there; write it, or name another page");
                }
            }
        });
        return List.copyOf(broken);
    }

    private Optional<String> dead(Path file, String target) {
        String[] parts = target.split("#", 2);
        Path folder = file.resolveSibling("").normalize();
        Path to = parts[0].isEmpty() ? file : folder.resolve(parts[0]).normalize();
        boolean isFolder = to.toString().isEmpty()
                || texts.keySet().stream().anyMatch(each -> each.startsWith(to) && !each.equals(to));
        if (!texts.containsKey(to) && !isFolder) {
            return Optional.of("there is no such file; mend the path or write the file");
        }
        if (parts.length == 1 || isFolder || headings(to).contains(parts[1])) {
            return Optional.empty();
        }
        return Optional.of("there is no such heading; there are " + headings(to));
    }

    /** The anchors that GitHub makes of a file's headings. */
    private List<String> headings(Path file) {
        return HEADING.matcher(withoutBlocks(texts.get(file)))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String withoutBlocks(String markdown) {
        return FENCED.matcher(markdown).replaceAll("");
    }
}
