package dev.yardmaster.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came of reading one file: an agent, a refusal, or the finding that it is no agent file at all. */
public sealed interface Reading {

    /** The file it is about, for messages. */
    String file();

    /** What is worth telling, in the order of the file. */
    List<Diagnostic> diagnostics();

    /** The agent, where the file was read as one. */
    Optional<AgentDefinition> definition();

    /** The same with one more diagnostic, at the end. */
    Reading with(Diagnostic diagnostic);

    /**
     * The file is an agent.
     *
     * @param agent what it says
     */
    record Loaded(String file, AgentDefinition agent, List<Diagnostic> diagnostics) implements Reading {
        public Loaded {
            diagnostics = List.copyOf(diagnostics);
        }

        @Override
        public Optional<AgentDefinition> definition() {
            return Optional.of(agent);
        }

        @Override
        public Loaded with(Diagnostic diagnostic) {
            return new Loaded(file, agent, plus(diagnostics, diagnostic));
        }
    }

    /** The file is meant to be an agent and cannot be used; at least one diagnostic is an error and says where. */
    record Refused(String file, List<Diagnostic> diagnostics) implements Reading {
        public Refused {
            diagnostics = List.copyOf(diagnostics);
        }

        @Override
        public Optional<AgentDefinition> definition() {
            return Optional.empty();
        }

        @Override
        public Refused with(Diagnostic diagnostic) {
            return new Refused(file, plus(diagnostics, diagnostic));
        }
    }

    /** The file is something else, such as a README; its only diagnostics are hints. */
    record NotAnAgent(String file, List<Diagnostic> diagnostics) implements Reading {
        public NotAnAgent {
            diagnostics = List.copyOf(diagnostics);
        }

        @Override
        public Optional<AgentDefinition> definition() {
            return Optional.empty();
        }

        @Override
        public NotAnAgent with(Diagnostic diagnostic) {
            return new NotAnAgent(file, plus(diagnostics, diagnostic));
        }
    }

    private static List<Diagnostic> plus(List<Diagnostic> diagnostics, Diagnostic one) {
        List<Diagnostic> all = new ArrayList<>(diagnostics);
        all.add(one);
        return all;
    }
}
