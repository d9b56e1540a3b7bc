package dev.yardmaster.agent;

import dev.yardmaster.definition.SkillDefinition;
import dev.yardmaster.knowledge.SkillTool;
import dev.yardmaster.knowledge.Skills;
import dev.yardmaster.permission.InvalidRuleException;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tools that an agent does not have any more since it took up a skill that does without them ({@code disallowed-tools}),
 * until its work is over; nor have those whom it has work for it. Told of calls in the order of the transcript, also of those of an
 * earlier process, by one thread; read by any.
 */
final class WithheldTools {

    private final Agent agent;
    private final Skills skills;
    private volatile List<Rule> rules = List.of();

    WithheldTools(Agent agent) {
        this.agent = agent;
        this.skills = agent.equipment().around().knowledge().skills();
    }

    /** Takes note of a call that worked, and of what came of it, as it is recorded. */
    void worked(ToolCall call, ToolResult.Text result) {
        if (!call.name().equalsIgnoreCase(SkillTool.NAME)) {
            return;
        }
        List<Rule> more = SkillTool.called(call).flatMap(skills::find).stream()
                .flatMap(skill -> withheld(skill, result).flatMap(entry -> rules(entry, skill)))
                .toList();
        if (!more.isEmpty()) {
            var all = new ArrayList<>(rules);
            all.addAll(more);
            rules = List.copyOf(all);
        }
    }

    /** Of a skill for a colleague, only where nobody used up anything for it: then the agent was told to do it itself. */
    private static Stream<String> withheld(SkillDefinition skill, ToolResult.Text result) {
        boolean handedOver = skill.fork().isPresent() && result.spent().isPresent();
        return handedOver ? Stream.empty() : skill.withheld().stream();
    }

    /** Of what is no rule, the tool as a whole. */
    private Stream<Rule> rules(String entry, SkillDefinition skill) {
        String source = "skill " + skill.name();
        int open = entry.indexOf('(');
        List<String> tools = NamedTools.of(
                open < 0 ? entry : entry.substring(0, open), agent.granted().tools());
        if (open < 0 && !tools.isEmpty()) {
            return tools.stream().map(tool -> Rule.deny(tool, source));
        }
        try {
            return Stream.of(Rule.deny(entry, source));
        } catch (InvalidRuleException e) {
            return tools.stream().map(tool -> Rule.deny(tool, source));
        }
    }

    /** A policy, made narrower by that. */
    Policy under(Policy policy) {
        return rules.isEmpty() ? policy : policy.everywhere(rules.toArray(Rule[]::new));
    }

    /** The agent as those see it who work for it, or look at something for its hooks. */
    Agent held() {
        return rules.isEmpty() ? agent : agent.under(under(agent.policy()));
    }
}
