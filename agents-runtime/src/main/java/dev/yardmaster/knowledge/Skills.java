package dev.yardmaster.knowledge;

import dev.yardmaster.definition.Diagnostic;
import dev.yardmaster.definition.SkillDefinition;
import dev.yardmaster.definition.SkillReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Skills by name. Immutable. */
public final class Skills {

    static final String FILE = "SKILL.md";
    private static final Skills NONE = new Skills(new TreeMap<>(), List.of());
    private static final int MOST = 500;
    private static final int MOST_BYTES = 256 * 1024;

    private final TreeMap<String, SkillDefinition> byName;
    private final List<Diagnostic> diagnostics;

    private Skills(TreeMap<String, SkillDefinition> byName, List<Diagnostic> diagnostics) {
        this.byName = byName;
        this.diagnostics = List.copyOf(diagnostics);
    }

    public static Skills none() {
        return NONE;
    }

    /**
     * Those of a folder that has one folder for each, with a {@code SKILL.md}; none when it is not there. Links that lead out of the
     * folder are not followed. Blocks on the disk.
     */
    public static Skills in(Path folder) {
        return in(folder, false);
    }

    /** Those of a folder of one's own, links followed wherever they lead. */
    public static Skills ofOwn(Path folder) {
        return in(folder, true);
    }

    private static Skills in(Path folder, boolean anywhere) {
        if (!Files.isDirectory(folder)) {
            return NONE;
        }
        var all = new TreeMap<String, SkillDefinition>();
        var diagnostics = new ArrayList<Diagnostic>();
        try (Stream<Path> folders = Files.list(folder)) {
            Path root = folder.toRealPath();
            for (Path each : folders.sorted().limit(MOST).toList()) {
                Path file = each.resolve(FILE);
                if (Files.isRegularFile(file) && (anywhere || file.toRealPath().startsWith(root))) {
                    SkillReader.Read read = SkillReader.read(each.toString(), file.toString(), bytes(file));
                    read.skill().ifPresent(skill -> all.putIfAbsent(skill.name(), skill));
                    diagnostics.addAll(read.diagnostics());
                }
            }
        } catch (IOException e) {
            return NONE; // a folder that cannot be read has none for anybody
        }
        return new Skills(all, diagnostics);
    }

    private static byte[] bytes(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return stream.readNBytes(MOST_BYTES);
        }
    }

    /** These, and those of others whose names are not among them. */
    public Skills or(Skills farther) {
        var all = new TreeMap<>(farther.byName);
        all.putAll(byName);
        return new Skills(
                all,
                Stream.concat(diagnostics.stream(), farther.diagnostics.stream())
                        .toList());
    }

    public Optional<SkillDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Sorted by name. */
    public Collection<SkillDefinition> all() {
        return List.copyOf(byName.values());
    }

    /** Those that agents may take up by themselves. */
    public List<SkillDefinition> offered() {
        return byName.values().stream().filter(SkillDefinition::offered).toList();
    }

    /** What is odd about their files, and why some are not here. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
