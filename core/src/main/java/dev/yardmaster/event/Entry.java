package dev.yardmaster.event;

/**
 * One line of a run's journal. Its stored form is {@code (type, version, at, json)}; the JSON is made when a journal
 * stores it.
 *
 * @param at the execution it is about; the empty path for the run itself
 * @param fact what it says
 */
public record Entry(NodePath at, Fact fact) {

    /** An entry about the run itself. */
    public static Entry ofRun(Fact fact) {
        return new Entry(NodePath.run(), fact);
    }

    /**
     * An entry as it was stored.
     *
     * @throws NewerVersionException when the type or version is unknown here
     * @throws InvalidJsonException when the JSON does not fit the type
     */
    public static Entry read(String type, int version, NodePath at, String json) {
        return new Entry(at, FactType.read(type, version, json));
    }

    /**
     * Looks at the type and version of a stored entry alone.
     *
     * @throws NewerVersionException when one of them is unknown here
     */
    public static void checkKnown(String type, int version) {
        FactType.check(type, version);
    }

    /** The stored name of the fact, such as {@code step.finished}. */
    public String type() {
        return FactType.of(fact);
    }

    /** The version of the fact's format. */
    public int version() {
        return FactType.version();
    }

    /** The fact as JSON. */
    public String json() {
        return Json.of(fact).text();
    }
}
