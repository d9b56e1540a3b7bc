package dev.yardmaster.definition;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** Somebody asked for an agent by a name that no agent has. */
public final class UnknownAgentException extends YardmasterException {

    private static final long serialVersionUID = 1;
    private static final int MOST_LISTED = 20;

    private final String name;
    private final transient List<String> alternatives;

    UnknownAgentException(String name, List<String> alternatives) {
        super(message(name, alternatives));
        this.name = name;
        this.alternatives = List.copyOf(alternatives);
    }

    /** The name that was asked for. */
    public String name() {
        return name;
    }

    /** The names that there are, sorted. */
    public List<String> alternatives() {
        return alternatives;
    }

    private static String message(String name, List<String> alternatives) {
        if (alternatives.isEmpty()) {
            return "there is no agent " + Quoted.of(name) + ", nor any other; name a folder with agent files";
        }
        List<String> shown = alternatives.stream().limit(MOST_LISTED).toList();
        int more = alternatives.size() - shown.size();
        return "there is no agent " + Quoted.of(name) + DidYouMean.hint(name, alternatives) + " (there are "
                + String.join(", ", shown) + (more > 0 ? " and " + more + " more)" : ")");
    }
}
