package dev.yardmaster.benchmark.subject;

/** Who takes part, and with which settings. */
public enum Contender {
    YARDMASTER("Yardmaster"),
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
            case YARDMASTER -> new Ours();
            case PLAIN -> new PlainJava();
            case LANGCHAIN4J -> new Langchain4j(false);
            case LANGCHAIN4J_SERVICE -> new Langchain4j(true);
            case ADK -> new Adk(false);
            case ADK_THREADS -> new Adk(true);
            case LANGGRAPH4J -> new Langgraph4j(false);
            case LANGGRAPH4J_THREADS -> new Langgraph4j(true);
        };
    }
}
