package dev.yardmaster.knowledge;

import dev.yardmaster.definition.SkillDefinition;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A skill as an agent is told it, with what it was called with in the places meant for that. */
final class SkillText {

    private static final Pattern PLACES = Pattern.compile(
            "\\$ARGUMENTS\\[(?<at>\\d{1,3})\\]|\\$(?<short>\\d{1,3})\\b|(?<all>\\$ARGUMENTS\\b)|\\$(?<own>[A-Za-z_][A-Za-z0-9_-]*)|\\$\\{(?<name>CLAUDE_SKILL_DIR|CLAUDE_PROJECT_DIR|CLAUDE_SESSION_ID)\\}");

    private SkillText() {}

    /**
     * @param arguments what it was called with; empty for nothing
     * @param project the workspace's root
     * @param session the run's id
     */
    static String of(SkillDefinition skill, String arguments, String project, String session) {
        List<String> words = List.of(arguments.strip().split("\\s+"));
        boolean used = false;
        var told = new StringBuilder();
        Matcher places = PLACES.matcher(skill.body());
        while (places.find()) {
            String at = places.group("at") != null ? places.group("at") : places.group("short");
            String own = places.group("own");
            int named = own == null ? -1 : skill.arguments().indexOf(own);
            if (own != null && named < 0) {
                places.appendReplacement(told, Matcher.quoteReplacement(places.group())); // a shell's, for all we know
                continue;
            }
            String value = at != null
                    ? word(words, Integer.parseInt(at))
                    : named >= 0
                            ? word(words, named)
                            : places.group("all") != null
                                    ? arguments
                                    : switch (places.group("name")) {
                                        case "CLAUDE_SKILL_DIR" -> skill.folder();
                                        case "CLAUDE_SESSION_ID" -> session;
                                        default -> project;
                                    };
            used |= places.group("name") == null;
            places.appendReplacement(told, Matcher.quoteReplacement(value));
        }
        places.appendTail(told);
        return told + (used || arguments.isBlank() ? "" : "\n\nARGUMENTS: " + arguments);
    }

    private static String word(List<String> words, int at) {
        return at < words.size() ? words.get(at) : "";
    }

    /** Where its other files are. */
    static String heading(SkillDefinition skill) {
        return "Skill " + skill.name() + ". Paths in it are relative to its folder, " + skill.folder() + ".";
    }
}
