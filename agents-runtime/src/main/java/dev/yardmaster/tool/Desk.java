package dev.yardmaster.tool;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What tools keep for one agent from call to call. It is cleared when the agent's work ends, however it ends: done,
 * failed, cancelled or suspended. Nothing that is kept is recorded, so a resumed run begins without it; what has to be
 * there again is taken from earlier calls, which are recorded. Thread-safe.
 */
public final class Desk implements Closeable {

    private final Map<String, String> variables;
    private final String session;
    private final Map<Class<?>, Closeable> kept = new ConcurrentHashMap<>();
    private final Map<String, ToolCall> worked = new ConcurrentHashMap<>();

    public Desk() {
        this(Map.of(), "");
    }

    /**
     * @param variables that commands of the agent get besides, as its person has it; of those that only read, none does
     * @param session the id of the run that the work belongs to; empty where it belongs to none
     */
    public Desk(Map<String, String> variables, String session) {
        this.variables = Map.copyOf(variables);
        this.session = session;
    }

    /** The id of the run that the work belongs to; empty where it belongs to none. */
    public String session() {
        return session;
    }

    /** What commands of the agent get besides in their environment. */
    public Map<String, String> variables() {
        return variables;
    }

    /**
     * The one thing of this type, made when it is first asked for.
     *
     * @param type a class of the tool's own; tools that share one share what is kept
     */
    public <T extends Closeable> T keep(Class<T> type, Supplier<T> maker) {
        return type.cast(kept.computeIfAbsent(type, absent -> maker.get()));
    }

    /** Takes note of a call that worked; called in the order of the transcript, also for calls of an earlier process. */
    public void worked(Tool tool, ToolCall call) {
        worked.put(tool.name(), call);
    }

    /** The last call of this tool that worked. */
    public Optional<ToolCall> lastCall(Tool tool) {
        return Optional.ofNullable(worked.get(tool.name()));
    }

    /** Closes all that is kept. */
    @Override
    public void close() throws IOException {
        Optional<IOException> problem = Optional.empty();
        for (Closeable each : kept.values()) {
            try {
                each.close();
            } catch (IOException e) {
                problem = problem.or(() -> Optional.of(e)); // the others are closed all the same
            }
        }
        kept.clear();
        if (problem.isPresent()) {
            throw problem.get();
        }
    }
}
