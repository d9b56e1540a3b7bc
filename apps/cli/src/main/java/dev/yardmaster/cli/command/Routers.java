package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.router.onnx.EmbeddingsUnavailableException;
import dev.yardmaster.router.onnx.MiniLm;
import dev.yardmaster.routing.Embedder;
import dev.yardmaster.routing.HybridRouter;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.Router;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The routers of a call: by words and meaning, or by words alone where that was asked for or the embedding model cannot be
 * loaded, which is told.
 */
final class Routers {

    private enum Kind {
        LEXICAL,
        HYBRID
    }

    private static final String VARIABLE = "YARDMASTER_ROUTER";

    /** So many agents take so long to embed for the first time that it is told. */
    private static final int MANY = 40;

    /** One model is enough for a process; loaded when the first task needs it. */
    private static final class Loaded {
        static final Embedder EMBEDDER = MiniLm.load();

        private Loaded() {}
    }

    private final Caller caller;
    private final Kind kind;

    private Routers(Caller caller, Kind kind) {
        this.caller = caller;
        this.kind = kind;
    }

    /**
     * @param wanted {@code lexical} or {@code hybrid}, over what the environment says
     * @throws UsageException when it is neither
     */
    static Routers of(Caller caller, Optional<String> wanted) {
        return new Routers(
                caller,
                wanted.map(name -> kind("--router", name))
                        .or(() -> caller.variable(VARIABLE).map(name -> kind(VARIABLE, name)))
                        .orElse(Kind.HYBRID));
    }

    private static Kind kind(String source, String name) {
        try {
            return Kind.valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException(source + " takes lexical or hybrid, not '" + name + "'");
        }
    }

    /** Ready to route any task: what is not in the cache is embedded now. */
    Router ready(Collection<AgentDefinition> agents) {
        Optional<HybridRouter> hybrid = hybrid(agents);
        return hybrid.isPresent() ? hybrid.get() : new LexicalRouter(agents);
    }

    /** The same, leaving out the examples that a task was taken from. */
    Router leavingOneOut(Collection<AgentDefinition> agents) {
        return hybrid(agents)
                .map(HybridRouter::leavingOneOut)
                .orElseGet(() -> new LexicalRouter(agents).leavingOneOut());
    }

    /** Loads the model only when a task needs it: one that names its specialist does not. */
    Router lazy(Collection<AgentDefinition> agents) {
        return new Router() {
            private final Router lexical = new LexicalRouter(agents);
            private Optional<Router> ready = Optional.empty();

            @Override
            public Match route(String task) {
                return route(task, any -> true);
            }

            @Override
            public synchronized Match route(String task, Predicate<String> may) {
                Match byWords = lexical.route(task, may);
                if (kind == Kind.LEXICAL || byWords.stage() == Match.Stage.MENTION || agents.isEmpty()) {
                    return byWords;
                }
                if (ready.isEmpty()) {
                    ready = Optional.of(ready(agents));
                }
                return ready.get().route(task, may);
            }
        };
    }

    private Optional<HybridRouter> hybrid(Collection<AgentDefinition> agents) {
        if (kind == Kind.LEXICAL) {
            return Optional.empty();
        }
        try {
            Embedder embedder = Loaded.EMBEDDER;
            Path cache = cache();
            if (agents.size() >= MANY && !Files.isDirectory(cache)) {
                caller.err().println("yardmaster: reading " + agents.size() + " agents; the first time takes a while");
            }
            return Optional.of(HybridRouter.of(agents, embedder, cache));
        } catch (EmbeddingsUnavailableException | ExceptionInInitializerError | NoClassDefFoundError e) {
            Throwable cause = e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
            caller.err().println("yardmaster: tasks are routed by words alone: " + cause.getMessage());
            return Optional.empty();
        }
    }

    /** Where vectors are kept: can be deleted at any time. */
    private Path cache() {
        return caller.variable("XDG_CACHE_HOME")
                .map(caller::path)
                .orElseGet(() -> caller.home().resolve(".cache"))
                .resolve("yardmaster")
                .resolve("vectors");
    }
}
