package dev.yardmaster.cli.settings;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.permission.InvalidRuleException;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.tool.builtin.BuiltinTools;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Reads permission rules as people write them. */
public final class RuleReader {

    private RuleReader() {}

    /**
     * @param kind what the rule does, such as {@code Rule::allow}
     * @param source where it was written
     * @throws UsageException when it cannot be read, or names a tool that is nearly one of ours: such a rule would have
     *     no effect, and nobody would notice
     */
    public static Rule read(BiFunction<String, String, Rule> kind, String text, String source) {
        String tool = text.strip().replaceFirst("(?s)\\(.*", "");
        List<String> names = BuiltinTools.all().names();
        boolean known = names.stream().anyMatch(tool::equalsIgnoreCase);
        boolean other = tool.contains("*") || tool.toLowerCase(Locale.ROOT).startsWith("mcp__");
        if (!known && !other && DidYouMean.find(tool, names).isPresent()) {
            throw new UsageException("the permission rule '" + text + "' (" + source + ") names no tool: there is no '"
                    + tool + "'" + DidYouMean.hint(tool, names) + " (there are " + String.join(", ", names) + ")");
        }
        try {
            return kind.apply(text, source);
        } catch (InvalidRuleException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
