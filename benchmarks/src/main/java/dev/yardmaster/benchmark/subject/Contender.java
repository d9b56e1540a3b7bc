package dev.yardmaster.benchmark.subject;

import dev.yardmaster.event.Effect;
import java.nio.file.Path;

/** Who takes part, and with which settings. */
public enum Contender {
    YARDMASTER("Yardmaster"),
    YARDMASTER_READS("Yardmaster, steps that only read"),
    PLAIN("plain Java"),
    LANGCHAIN4J("langchain4j-agentic"),
    LANGCHAIN4J_SERVICE("langchain4j AiServices"),
    ADK("ADK"),
    ADK_THREADS("ADK, virtual threads"),
    LANGGRAPH4J("langgraph4j"),
    LANGGRAPH4J_THREADS("langgraph4j, virtual threads");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /** How the table calls it. */
    public String title() {
        return title;
    }

    /** The library, set up anew. Only its own classes are loaded. */
    public Subject subject() {
        return switch (this) {
            case YARDMASTER, YARDMASTER_READS -> new Ours();
            case PLAIN -> new PlainJava();
            case LANGCHAIN4J -> new Langchain4j(false);
            case LANGCHAIN4J_SERVICE -> new Langchain4j(true);
            case ADK -> new Adk(false);
            case ADK_THREADS -> new Adk(true);
            case LANGGRAPH4J -> new Langgraph4j(false);
            case LANGGRAPH4J_THREADS -> new Langgraph4j(true);
        };
    }

    /** The library with its runs in files of a folder, set up anew; for those that have such a thing in their core. */
    public Durable durable(Path folder) {
        return switch (this) {
            case YARDMASTER -> new DurableOurs(folder, Effect.ONCE);
            case YARDMASTER_READS -> new DurableOurs(folder, Effect.READ_ONLY);
            case PLAIN -> new DurablePlain(folder);
            case LANGGRAPH4J -> new DurableLanggraph4j(folder);
            default -> throw new IllegalArgumentException(title + " keeps no runs in files");
        };
    }
}
