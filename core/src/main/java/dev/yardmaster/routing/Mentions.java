package dev.yardmaster.routing;

import dev.yardmaster.event.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names after an {@code @} in a task, which decide. */
final class Mentions {

    private static final Pattern MENTION = Pattern.compile("(?<![\\w@])@([A-Za-z0-9][\\w-]*)");

    private final List<String> names;

    Mentions(List<String> names) {
        this.names = names;
    }

    /** The first agent that a task names, and that may have it. */
    Optional<String> find(String task, Predicate<String> may) {
        Matcher matcher = MENTION.matcher(task);
        while (matcher.find()) {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            Optional<String> agent = names.stream()
                    .filter(each -> each.toLowerCase(Locale.ROOT).equals(name))
                    .filter(may)
                    .findFirst();
            if (agent.isPresent()) {
                return agent;
            }
        }
        return Optional.empty();
    }

    /** What to say of a name that nobody has; empty when there is none. */
    String unknown(String task) {
        Matcher matcher = MENTION.matcher(task);
        if (!matcher.find()) {
            return "";
        }
        return "there is no @" + matcher.group(1)
                + DidYouMean.find(matcher.group(1), names)
                        .map(name -> " (did you mean @" + name + "?)")
                        .orElse("")
                + "; ";
    }
}
