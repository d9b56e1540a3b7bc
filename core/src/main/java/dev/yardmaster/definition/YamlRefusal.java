package dev.yardmaster.definition;

/** YAML, or a limit of ours, does not accept a text. */
final class YamlRefusal extends Exception {

    private static final long serialVersionUID = 1;

    private final transient FilePosition at;
    private final boolean limit;

    YamlRefusal(FilePosition at, String problem) {
        this(at, problem, false);
    }

    private YamlRefusal(FilePosition at, String problem, boolean limit) {
        super(problem);
        this.at = at;
        this.limit = limit;
    }

    /** It may be YAML, and yet it is what nobody writes by mistake: a bomb, a maze, a merge. */
    static YamlRefusal limit(FilePosition at, String problem) {
        return new YamlRefusal(at, problem, true);
    }

    /** Whether reading the text in another way would only do what it is after. */
    boolean isLimit() {
        return limit;
    }

    FilePosition at() {
        return at;
    }
}
