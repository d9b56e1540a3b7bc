package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.hook.HookErrands;
import dev.yardmaster.hook.VariableFile;
import dev.yardmaster.model.Message;
import dev.yardmaster.workspace.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What the hooks of an agent, and of those who work for it, have in common while it works: files that their commands read, hooks that
 * nobody waits for, and the variables that one of them set. Its files are for this user alone, made when a hook is asked
 * that could look for them, and gone when the work is over, which no file of it outlasts but that of a process that was killed:
 * the resumed run writes it anew.
 */
final class HookSession implements AutoCloseable {

    private static final Consumer<Message> UNHEARD = message -> {};

    private final Agent agent;
    private final NodeContext context;
    private final Optional<HookSession> above;
    private final HookErrands errands;
    private @Nullable TranscriptFile transcript;
    private Map<String, String> variables = Map.of();
    private volatile boolean written;

    private HookSession(Agent agent, Optional<HookSession> above, NodeContext context) {
        this.agent = agent;
        this.context = context;
        this.above = above;
        this.errands = above.isPresent() ? above.get().errands : new HookErrands();
    }

    /** Makes nothing that no hook needs. @param above that of the agent it works for */
    static HookSession of(Agent agent, Optional<HookSession> above, NodeContext context) {
        return new HookSession(agent, above, context);
    }

    /** Takes note of what is said, where hooks could want to read it. */
    Consumer<Message> listener() {
        return isHooked() ? message -> own().accept(message) : UNHEARD;
    }

    private boolean isHooked() {
        return !agent.hooks().isEmpty();
    }

    private synchronized TranscriptFile own() {
        if (transcript == null) {
            String name = Json.of(context.idempotencyKey()).sha256().substring(0, 24) + ".jsonl";
            transcript = new TranscriptFile(folder().resolve(name), agent, context);
        }
        return transcript;
    }

    private void makeFolder() throws IOException {
        written();
        OwnFolder.make(folder());
    }

    private void written() {
        written = true;
        above.ifPresent(HookSession::written);
    }

    /** Of the agent that works for nobody. */
    private Path folder() {
        return above.isPresent()
                ? above.get().folder()
                : agent.equipment().commands().hooks(context);
    }

    HookErrands errands() {
        return errands;
    }

    /** The file of this agent's conversation. */
    Path ownTranscript() throws IOException {
        makeFolder();
        return own().upToDate();
    }

    /** That of the conversation of the agent that works for nobody; of this one where that has no hooks. */
    Path transcript() throws IOException {
        return above.isPresent() && above.get().isHooked() ? above.get().transcript() : ownTranscript();
    }

    /** A file for variables, empty. */
    VariableFile variableFile() throws IOException {
        makeFolder();
        Path file = folder().resolve("variables.sh");
        Files.deleteIfExists(file);
        return new VariableFile(Files.createFile(file));
    }

    void variables(Map<String, String> own) {
        variables = own;
    }

    /** What the agent's commands get besides: what was set for the one that works for nobody. */
    Map<String, String> variables() {
        return above.map(HookSession::variables).orElse(variables);
    }

    /** What cannot be deleted is told in the log: the work is done all the same. */
    @Override
    public void close() {
        if (above.isPresent()) {
            return;
        }
        errands.close();
        if (!written) {
            return;
        }
        Path folder = folder();
        try {
            if (Files.exists(folder)) {
                FolderTree.delete(folder);
                OwnFolder.forget(folder.getParent());
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(HookSession.class)
                    .warn("{} is left behind; it holds a conversation: {}", folder, e.toString());
        }
    }
}
