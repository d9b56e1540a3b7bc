package dev.yardmaster.definition;

import dev.yardmaster.definition.Reading.Loaded;
import dev.yardmaster.definition.Reading.NotAnAgent;
import dev.yardmaster.definition.Reading.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads agent files: markdown with YAML front matter, as found in {@code .claude/agents/}. First by the rules of YAML,
 * and when YAML refuses, tolerantly; either way every oddity becomes a {@link Diagnostic}. A limit that cannot be
 * understood refuses the file: nothing that a file says about tools ever turns into "all tools".
 *
 * <p>Immutable and safe for use by many threads; does no I/O.
 */
public final class AgentReader {

    /** The tools that are available when nothing else is said. */
    public static final Set<String> DEFAULT_TOOLS = Set.of(
            "Read",
            "Write",
            "Edit",
            "MultiEdit",
            "NotebookEdit",
            "LS",
            "Glob",
            "Grep",
            "Bash",
            "BashOutput",
            "TaskOutput",
            "KillShell",
            "KillBash",
            "TaskStop",
            "WebFetch",
            "TodoWrite",
            "AskUserQuestion",
            "Agent",
            "Task");

    /** Larger files are refused. */
    static final int MOST_BYTES = 1 << 20;

    private final ToolNames toolNames;

    /** With the {@linkplain #DEFAULT_TOOLS default tools} available. */
    public AgentReader() {
        this(DEFAULT_TOOLS);
    }

    /** @param availableTools names of the tools that an agent can be given; case does not matter */
    public AgentReader(Collection<String> availableTools) {
        toolNames = new ToolNames(availableTools);
    }

    /**
     * Reads one file. Never throws for what the bytes are.
     *
     * @param file its name, for messages and as the definition's source
     * @param content its bytes
     */
    public Reading read(String file, byte[] content) {
        Findings findings = new Findings(file);
        Optional<SourceText> source = SourceText.decode(content, findings);
        Optional<FrontMatter> found = source.flatMap(text -> FrontMatter.find(text, findings));
        if (found.isEmpty()) {
            return findings.hasErrors()
                    ? new Refused(file, findings.inOrder())
                    : notAnAgent(file, FilePosition.START, "it has no front matter");
        }
        FrontMatterReader.Result result = FrontMatterReader.read(found.get(), findings);
        Map<String, Field> fields = result.fields();
        Field name = fields.get(AgentKeys.NAME);
        if (name == null) {
            return notAnAgent(file, FilePosition.line(found.get().firstLine()), "its front matter has no name");
        }
        if (fields.size() == 1 && result.strict()) {
            return notAnAgent(file, name.at(), "its front matter has a name only");
        }
        AgentDefinition definition =
                new AgentDefinitionReader(fields, findings, toolNames).read(prompt(result), file, sha256(content));
        if (definition.prompt().isEmpty()) {
            findings.warning(
                    FilePosition.line(result.bodyLine()),
                    "prompt-empty",
                    "there is no prompt after the front matter",
                    "write what the agent is and how it works below the closing '---'");
        }
        InvisibleText.report(source.get(), findings);
        return findings.hasErrors()
                ? new Refused(file, findings.inOrder())
                : new Loaded(file, definition, findings.inOrder());
    }

    private static NotAnAgent notAnAgent(String file, FilePosition at, String why) {
        Findings findings = new Findings(file);
        findings.hint(
                at,
                "not-an-agent",
                "not an agent file: " + why,
                "nothing needs doing; an agent starts with '---', 'name: …', 'description: …', '---'");
        return new NotAnAgent(file, findings.inOrder());
    }

    /** The body without blank lines around it. */
    private static String prompt(FrontMatterReader.Result result) {
        List<String> body = result.body();
        int from = FrontMatter.firstNotBlank(body);
        return String.join("\n", body.subList(from, body.size())).stripTrailing();
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
