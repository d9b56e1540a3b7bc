package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.workspace.GlobPattern;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The common names of file types and their extensions, as ripgrep's {@code --type} knows them. */
final class FileTypes {

    private static final Map<String, List<String>> EXTENSIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("c", List.of("c", "h")),
            Map.entry("cpp", List.of("cpp", "cc", "cxx", "hpp", "hh", "h")),
            Map.entry("cs", List.of("cs")),
            Map.entry("css", List.of("css", "scss")),
            Map.entry("go", List.of("go")),
            Map.entry("html", List.of("html", "htm")),
            Map.entry("java", List.of("java")),
            Map.entry("js", List.of("js", "jsx", "mjs", "cjs")),
            Map.entry("json", List.of("json")),
            Map.entry("kotlin", List.of("kt", "kts")),
            Map.entry("md", List.of("md", "markdown")),
            Map.entry("php", List.of("php")),
            Map.entry("py", List.of("py", "pyi")),
            Map.entry("ruby", List.of("rb")),
            Map.entry("rust", List.of("rs")),
            Map.entry("sh", List.of("sh", "bash", "zsh")),
            Map.entry("sql", List.of("sql")),
            Map.entry("swift", List.of("swift")),
            Map.entry("toml", List.of("toml")),
            Map.entry("ts", List.of("ts", "tsx", "mts", "cts")),
            Map.entry("txt", List.of("txt")),
            Map.entry("xml", List.of("xml")),
            Map.entry("yaml", List.of("yaml", "yml"))));

    private FileTypes() {}

    /** @throws InvalidArgumentsException when the type is not known */
    static GlobPattern pattern(String type) {
        List<String> extensions = EXTENSIONS.get(type);
        if (extensions == null) {
            throw new InvalidArgumentsException("there is no file type '" + type + "'"
                    + DidYouMean.hint(type, EXTENSIONS.keySet()) + "; known: "
                    + String.join(", ", EXTENSIONS.keySet()) + ". Or use glob");
        }
        return GlobPattern.of("*.{" + String.join(",", extensions) + "}");
    }
}
