package dev.yardmaster.definition;

import dev.yardmaster.definition.FieldValue.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Understands the keys of one file's front matter: what each may be, and what to say when it is not. */
final class AgentDefinitionReader {

    private static final Pattern WRITTEN_LINE_BREAK = Pattern.compile("(?<!\\\\)\\\\++n");
    private static final int LONGEST_NAME = 200;

    private final Map<String, Field> fields;
    private final Findings findings;
    private final ToolNames toolNames;

    AgentDefinitionReader(Map<String, Field> fields, Findings findings, ToolNames toolNames) {
        this.fields = KeySpelling.settle(fields, findings);
        this.findings = findings;
        this.toolNames = toolNames;
    }

    /** Means something only while there are no errors among the findings. */
    AgentDefinition read(String prompt, String source, String sha256) {
        String name = name();
        String description = description();
        Optional<List<String>> tools = tools();
        List<String> disallowed = disallowedTools();
        KeptKeys.check(fields, findings);
        return new AgentDefinition(
                name,
                description,
                tools,
                disallowed,
                text(AgentKeys.MODEL),
                permissionMode(),
                maxTurns(),
                color(),
                prompt,
                ExampleReader.read(description),
                ChecklistReader.read(prompt),
                extensions(),
                source,
                sha256);
    }

    /** The code of the error for a key whose value cannot be understood. */
    static String unreadable(String key) {
        return switch (key) {
            case AgentKeys.TOOLS, AgentKeys.DISALLOWED_TOOLS -> "tools-unreadable";
            case AgentKeys.PERMISSION_MODE -> "permission-mode-unreadable";
            default -> "value-unreadable";
        };
    }

    private String name() {
        Field field = fields.get(AgentKeys.NAME);
        String name = field != null && field.value() instanceof Scalar scalar
                ? scalar.text().strip()
                : "";
        FilePosition at = field == null ? FilePosition.START : field.at();
        String problem = NameRules.problem(name, LONGEST_NAME);
        if (!problem.isEmpty()) {
            findings.error(at, "name-invalid", problem, "use lowercase letters, digits and hyphens: backend-engineer");
        } else if (!NameRules.isUsual(name)) {
            findings.hint(
                    at,
                    "name-unusual",
                    "the name " + Quoted.of(name) + " is more than lowercase letters, digits and hyphens",
                    "it works; a name such as " + Quoted.of(NameRules.usual(name)) + " is easier to mention");
        }
        return name;
    }

    private String description() {
        Field field = fields.get(AgentKeys.DESCRIPTION);
        String text = field != null && field.value() instanceof Scalar scalar
                ? scalar.text().strip()
                : "";
        if (text.isEmpty()) {
            FilePosition at = field == null ? fields.get(AgentKeys.NAME).at() : field.at();
            findings.error(
                    at,
                    "description-missing",
                    field == null ? "there is no description" : "the description is empty or not text",
                    "say in 'description:' when to delegate to this agent; tasks are routed by it");
        }
        if (field != null && WRITTEN_LINE_BREAK.matcher(text).find()) {
            findings.hint(
                    field.at(),
                    "written-line-break",
                    "'\\n' in the description is read as a line break",
                    "use a block: 'description: |' and the text indented below it");
            return WRITTEN_LINE_BREAK.matcher(text).replaceAll("\n");
        }
        return text;
    }

    private Optional<List<String>> tools() {
        Field field = fields.get(AgentKeys.TOOLS);
        if (field == null) {
            return Optional.empty();
        }
        List<ToolList.Entry> entries = entries(field);
        if (entries.isEmpty() && !findings.hasErrors()) {
            String message = "'tools' is empty, so the agent gets no tool at all";
            String remedy = "name its tools, or remove the key if it may use all of them";
            findings.warning(field.at(), "tools-empty", message, remedy);
        }
        ToolChecks.granted(field, entries, toolNames, findings);
        return Optional.of(entries.stream().map(ToolList.Entry::name).toList());
    }

    private List<String> disallowedTools() {
        Field field = fields.get(AgentKeys.DISALLOWED_TOOLS);
        if (field == null) {
            return List.of();
        }
        List<ToolList.Entry> entries = entries(field);
        ToolChecks.denied(entries, toolNames, findings);
        return entries.stream().map(ToolList.Entry::name).toList();
    }

    private List<ToolList.Entry> entries(Field field) {
        try {
            return ToolList.read(field.value());
        } catch (YamlRefusal refusal) {
            findings.error(
                    refusal.at(),
                    unreadable(field.key()),
                    "the value of " + Quoted.of(field.key()) + " cannot be understood: " + refusal.getMessage(),
                    "write names between commas, such as 'Read, Grep, Bash'; nothing is granted until then");
            return List.of();
        }
    }

    private Optional<String> permissionMode() {
        Field field = fields.get(AgentKeys.PERMISSION_MODE);
        if (field == null) {
            return Optional.empty();
        }
        if (!(field.value() instanceof Scalar scalar) || scalar.text().isBlank()) {
            findings.error(
                    field.at(),
                    unreadable(AgentKeys.PERMISSION_MODE),
                    "'permissionMode' is empty or not a word",
                    "use one of " + NameRules.MODES + ", or remove the key");
            return Optional.empty();
        }
        String mode = scalar.text().strip();
        if (!NameRules.MODES.contains(mode)) {
            findings.warning(
                    field.value().at(),
                    "permission-mode-unknown",
                    Quoted.of(mode) + " is no permission mode",
                    "use one of " + NameRules.MODES);
        }
        return Optional.of(mode);
    }

    private OptionalInt maxTurns() {
        Optional<String> text = text(AgentKeys.MAX_TURNS);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int turns = Integer.parseInt(text.get());
            if (turns > 0) {
                return OptionalInt.of(turns);
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers that are too small
        }
        ignored(AgentKeys.MAX_TURNS, "is no whole number above 0");
        return OptionalInt.empty();
    }

    private Optional<String> color() {
        Optional<String> color = text(AgentKeys.COLOR);
        if (color.isPresent() && !NameRules.isColor(color.get())) {
            findings.hint(
                    fields.get(AgentKeys.COLOR).value().at(),
                    "color-unknown",
                    Quoted.of(color.get()) + " is no colour that terminals have",
                    "use one of " + NameRules.COLORS);
        }
        return color;
    }

    private Optional<String> text(String key) {
        Field field = fields.get(key);
        if (field == null) {
            return Optional.empty();
        }
        if (field.value() instanceof Scalar scalar && !scalar.text().isBlank()) {
            return Optional.of(scalar.text().strip());
        }
        ignored(key, "is empty or not a word");
        return Optional.empty();
    }

    private void ignored(String key, String why) {
        findings.warning(
                fields.get(key).at(),
                "value-ignored",
                "the value of " + Quoted.of(key) + " " + why,
                "correct it, or remove the key; it is read as if it were not there");
    }

    private Map<String, Object> extensions() {
        Map<String, Object> extensions = new LinkedHashMap<>();
        fields.forEach((key, field) -> {
            if (!AgentKeys.READ.contains(key)) {
                extensions.put(key, field.value().plain());
            }
        });
        return extensions;
    }
}
