package dev.yardmaster.benchmark.subject;

/** A library that is measured: it builds each workload its own way. */
public interface Subject {

    /** A start and nodes in a row, on a state that holds a text of so many characters. */
    Work chain(int nodes, int characters, Step each) throws Exception;

    /** Branches at once between a start and a join. */
    Work fan(int branches, Step each) throws Exception;

    /** Branches that branch themselves, {@code outer} × {@code inner}. */
    Work nested(int outer, int inner, Step each) throws Exception;

    /** Two branches of two nodes each: brief and long, long and brief. Ideally as long as both together. */
    Work uneven(Step brief, Step lengthy) throws Exception;

    /** An agent whose model calls one tool, then answers. */
    Work agent() throws Exception;

    /** The city the stub model asks for, and so what the tool is called with. */
    String CITY = "Oslo";

    /** What the user asks. */
    String QUESTION = "What is the weather in Oslo?";

    /** What the stub model answers after the tool has. */
    String ANSWER = "It is 21 degrees in Oslo.";

    /** The tool of all agents. */
    static String weather(String city) {
        return "21 degrees in " + city;
    }

    /** The value in the state. */
    static String text(int characters) {
        return "x".repeat(characters);
    }
}
