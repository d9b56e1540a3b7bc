package dev.yardmaster.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.definition.SkillDefinition;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Has an agent take up a skill: tells it what the skill says. What that then does is decided call by call, as anything else. */
public final class SkillTool implements Tool {

    /** What models call it. */
    public static final String NAME = "Skill";

    /** As the format has them: all together, and each. */
    private static final int LONGEST_LIST = 8_000;

    private static final int LONGEST_ENTRY = 1_536;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["skill"], "properties": {
              "skill": {"type": "string", "description": "Its name"},
              "args": {"type": "string", "description": "What it is to be done with, where the skill wants something"}}}
            """);

    private final Skills skills;

    public SkillTool(Skills skills) {
        this.skills = skills;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Tells you how something is done, as somebody has written it down. Take one up before you begin what it is for. There"
                + " are:\n" + list();
    }

    private static String byWhom(SkillDefinition skill) {
        return skill.fork()
                .map(fork -> " (done by " + fork.agent() + "; you get what they say in the end)")
                .orElse("");
    }

    /** Of very many, names alone. */
    private String list() {
        String all = skills.offered().stream().map(SkillTool::entry).collect(Collectors.joining("\n"));
        if (all.length() <= LONGEST_LIST) {
            return all;
        }
        String names = skills.offered().stream().map(SkillDefinition::name).collect(Collectors.joining(", "));
        return names.length() <= LONGEST_LIST ? names : names.substring(0, LONGEST_LIST) + " …";
    }

    private static String entry(SkillDefinition skill) {
        String files = skill.paths().isEmpty() ? "" : " (for files " + String.join(", ", skill.paths()) + ")";
        String line = "- " + skill.name() + ": " + skill.description().replaceAll("\\s+", " ") + files + byWhom(skill);
        return line.length() <= LONGEST_ENTRY ? line : line.substring(0, LONGEST_ENTRY - 1) + "…";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.READ_ONLY;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        Arguments.of(this, call);
        return List.of(new Access.Own());
    }

    /** The skill that a call is about; empty when it names none. */
    public static Optional<String> called(ToolCall call) {
        JsonNode name = call.arguments().as(JsonNode.class).path("skill");
        return name.isTextual() ? Optional.of(name.asText().strip()) : Optional.empty();
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        String name = arguments.text("skill").strip();
        Optional<SkillDefinition> skill = skills.find(name).filter(SkillDefinition::offered);
        if (skill.isEmpty()) {
            List<String> names =
                    skills.offered().stream().map(SkillDefinition::name).toList();
            return new ToolResult.Rejected("there is no skill '" + name + "'" + DidYouMean.hint(name, names)
                    + "; there are " + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        String project = context.workspace().root().toString();
        String told = SkillText.heading(skill.get()) + "\n\n"
                + SkillText.of(
                        skill.get(),
                        arguments.findText("args").orElse(""),
                        project,
                        context.desk().session());
        return skill.get().fork().isPresent()
                ? forked(skill.get(), skill.get().fork().get(), told, context)
                : new ToolResult.Text(told + without(skill.get()));
    }

    private static String without(SkillDefinition skill) {
        return skill.withheld().isEmpty()
                ? ""
                : "\n\n(It does without these, and from now on until your work is over you have to, too: "
                        + String.join(", ", skill.withheld()) + ")";
    }

    /** By a colleague; where there is none, or the agent may not ask them, by the agent itself. */
    private static ToolResult forked(SkillDefinition skill, SkillDefinition.Fork fork, String told, ToolContext context)
            throws InterruptedException {
        Optional<ToolResult> done = context.liaison().handOver(fork.agent(), told, fork.model(), fork.without());
        return done.orElseGet(() -> new ToolResult.Text("(This is for a colleague, '" + fork.agent()
                + "', whom you cannot have do it; do it yourself.)\n\n" + told + without(skill)));
    }
}
