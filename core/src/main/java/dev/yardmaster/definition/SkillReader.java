package dev.yardmaster.definition;

import dev.yardmaster.definition.FieldValue.Scalar;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code SKILL.md} files as agent files are read: by YAML's rules, and tolerantly where YAML refuses. Does no I/O. */
public final class SkillReader {

    private static final int LONGEST_NAME = 64;
    /** What the format knows, and what it does here: these are read or of no consequence. */
    private static final Set<String> KNOWN = Set.of(
            "name",
            "description",
            "when_to_use",
            "disable-model-invocation",
            "user-invocable",
            "argument-hint",
            "arguments",
            "context",
            "agent",
            "disallowed-tools",
            "paths",
            "metadata",
            "license",
            "compatibility",
            "version");

    private static final Pattern UNFILLED =
            Pattern.compile("\\$\\{CLAUDE_(?!SKILL_DIR|PROJECT_DIR|SESSION_ID)[A-Z_]{1,40}\\}");

    /** What was read. @param skill empty when the file cannot be used; the diagnostics say why */
    public record Read(Optional<SkillDefinition> skill, List<Diagnostic> diagnostics) {

        public Read {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    private SkillReader() {}

    /**
     * Reads one file. Never throws for what the bytes are.
     *
     * @param folder the folder it lies in, whose name it has unless it gives itself one
     * @param file its name, for messages
     */
    public static Read read(String folder, String file, byte[] content) {
        Findings findings = new Findings(file);
        Optional<SourceText> source = SourceText.decode(content, findings);
        if (source.isEmpty()) {
            return new Read(Optional.empty(), findings.inOrder());
        }
        Optional<FrontMatter> block = FrontMatter.find(source.get(), findings);
        if (findings.hasErrors()) {
            return new Read(Optional.empty(), findings.inOrder());
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        List<String> body = source.get().lines();
        if (block.isPresent()) {
            FrontMatterReader.Result result = FrontMatterReader.read(block.get(), findings);
            fields.putAll(result.fields());
            body = result.body();
        }
        String prompt = String.join("\n", body).strip();
        String name = text(fields, "name").orElse(folder.substring(folder.lastIndexOf('/') + 1));
        String problem = NameRules.problem(name, LONGEST_NAME);
        if (!problem.isEmpty()) {
            findings.error(at(fields, "name"), "name-invalid", problem, "use lowercase letters, digits and hyphens");
        }
        if (prompt.isEmpty()) {
            findings.error(FilePosition.START, "skill-empty", "the skill says nothing", "write what is to be done");
        }
        Optional<SkillDefinition.Fork> fork = fork(fields, findings);
        unused(fields, fork, findings);
        unfilled(prompt, findings);
        InvisibleText.report(source.get(), findings);
        if (findings.hasErrors()) {
            return new Read(Optional.empty(), findings.inOrder());
        }
        var skill = new SkillDefinition(
                name,
                description(fields, prompt),
                prompt,
                !isTrue(fields, "disable-model-invocation"),
                list(fields.get("allowed-tools")),
                list(fields.get("arguments")).stream()
                        .flatMap(each -> Arrays.stream(each.strip().split("\\s+")))
                        .toList(),
                list(fields.get("disallowed-tools")),
                list(fields.get("paths")),
                fork,
                folder,
                file,
                AgentReader.sha256(content));
        return new Read(Optional.of(skill), findings.inOrder());
    }

    /** The first paragraph stands in for one. */
    private static String description(Map<String, Field> fields, String prompt) {
        String said =
                text(fields, "description").orElseGet(() -> prompt.split("\n\\s*\n", 2)[0].replaceFirst("^#+\\s*", ""));
        return (said + text(fields, "when_to_use").map(when -> " " + when).orElse("")).strip();
    }

    private static Optional<SkillDefinition.Fork> fork(Map<String, Field> fields, Findings findings) {
        Optional<String> context = text(fields, "context");
        if (context.isPresent() && !context.get().equals("fork")) {
            findings.warning(
                    at(fields, "context"),
                    "context-unknown",
                    "'context' is " + Quoted.of(context.get()) + "; the skill is for the agent that takes it up",
                    "write 'fork' where a colleague is to do it, or leave it out");
        }
        return context.filter("fork"::equals)
                .map(fork -> new SkillDefinition.Fork(
                        text(fields, "agent").orElse(SkillDefinition.Fork.USUAL),
                        text(fields, "model").orElse(""),
                        list(fields.get("disallowed-tools"))));
    }

    private static void unused(Map<String, Field> fields, Optional<SkillDefinition.Fork> fork, Findings findings) {
        Field tools = fields.get("allowed-tools");
        if (tools != null) {
            findings.hint(
                    tools.at(),
                    "allowed-tools-unused",
                    "'allowed-tools' lets nothing run here",
                    "what may run without asking is for rules: --allow, yardmaster.yml, settings.json");
        }
        Field hooks = fields.get("hooks");
        if (hooks != null) {
            findings.warning(
                    hooks.at(),
                    "limit-unused",
                    "'hooks' has no effect in a skill here; nobody is held back by it",
                    "write the hook in the agent's file, or in settings");
        }
        Field without = fields.get("disallowed-tools");
        if (without != null && list(without).isEmpty()) {
            findings.warning(
                    without.at(),
                    "limit-unused",
                    "'disallowed-tools' names no tool; nobody is held back by it",
                    "name tools, such as Bash, Write");
        }
        List<String> others = fields.keySet().stream()
                .filter(key -> !KNOWN.contains(key)
                        && !(fork.isPresent() && key.equals("model"))
                        && !Set.of("allowed-tools", "hooks").contains(key))
                .map(Quoted::of)
                .limit(8)
                .toList();
        if (!others.isEmpty()) {
            findings.hint(
                    FilePosition.START,
                    "keys-unused",
                    "without effect here: " + String.join(", ", others),
                    "nothing needs doing");
        }
    }

    /** Places that the format fills in and that mean nothing here: the agent is told them as they stand. */
    private static void unfilled(String prompt, Findings findings) {
        List<String> places = UNFILLED.matcher(prompt)
                .results()
                .map(found -> Quoted.of(found.group()))
                .distinct()
                .toList();
        if (!places.isEmpty()) {
            findings.hint(
                    FilePosition.START,
                    "places-unfilled",
                    "left as they are: " + String.join(", ", places),
                    "write what is meant, or ${CLAUDE_SKILL_DIR}, ${CLAUDE_PROJECT_DIR}, ${CLAUDE_SESSION_ID}");
        }
    }

    private static FilePosition at(Map<String, Field> fields, String key) {
        Field field = fields.get(key);
        return field == null ? FilePosition.START : field.at();
    }

    private static Optional<String> text(Map<String, Field> fields, String key) {
        Field field = fields.get(key);
        return field != null
                        && field.value() instanceof Scalar scalar
                        && !scalar.text().isBlank()
                ? Optional.of(scalar.text().strip())
                : Optional.empty();
    }

    private static boolean isTrue(Map<String, Field> fields, String key) {
        return text(fields, key)
                .filter(each -> Set.of("true", "yes", "on", "1").contains(each.toLowerCase(java.util.Locale.ROOT)))
                .isPresent();
    }

    private static List<String> list(@org.jspecify.annotations.Nullable Field field) {
        return field == null ? List.of() : KeptKeys.names(field.value().plain());
    }
}
