package dev.yardmaster.definition;

/** YAML, or a limit of ours, does not accept a text. */
final class YamlRefusal extends Exception {

    private static final long serialVersionUID = 1;

    private final transient FilePosition at;

    YamlRefusal(FilePosition at, String problem) {
        super(problem);
        this.at = at;
    }

    FilePosition at() {
        return at;
    }
}
