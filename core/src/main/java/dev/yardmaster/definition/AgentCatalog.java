package dev.yardmaster.definition;

import dev.yardmaster.definition.Diagnostic.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All agents that are to be had, by name, with what is worth telling about their files. Immutable and safe for use by
 * many threads: who works with it sees the same agents throughout. Changes on disk are picked up by {@link #reread}.
 */
public final class AgentCatalog {

    private final TreeMap<String, AgentDefinition> agents;
    private final List<Reading> files;
    private final @Nullable Supplier<AgentCatalog> again;

    private AgentCatalog(
            Map<String, AgentDefinition> agents, List<Reading> files, @Nullable Supplier<AgentCatalog> again) {
        this.agents = new TreeMap<>(agents);
        this.files = List.copyOf(files);
        this.again = again;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * A catalogue of definitions that did not come from files.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static AgentCatalog of(AgentDefinition... definitions) {
        TreeMap<String, AgentDefinition> agents = new TreeMap<>();
        for (AgentDefinition definition : definitions) {
            if (agents.put(definition.name(), definition) != null) {
                throw new IllegalArgumentException("two agents are named " + Quoted.of(definition.name()));
            }
        }
        return new AgentCatalog(agents, List.of(), null);
    }

    public Optional<AgentDefinition> find(String name) {
        return Optional.ofNullable(agents.get(name));
    }

    /** @throws UnknownAgentException if no agent has this name; it lists those that there are */
    public AgentDefinition get(String name) {
        return find(name).orElseThrow(() -> new UnknownAgentException(name, List.copyOf(agents.keySet())));
    }

    /** Sorted by name. */
    public List<AgentDefinition> all() {
        return List.copyOf(agents.values());
    }

    /**
     * What came of each markdown file, in the order in which they were looked up; those that are refused, shadowed or no
     * agents included.
     */
    public List<Reading> files() {
        return files;
    }

    /** Of all files, in that order. */
    public List<Diagnostic> diagnostics() {
        return files.stream().flatMap(reading -> reading.diagnostics().stream()).toList();
    }

    /**
     * The agents as their files are now: this catalogue itself when nothing that it read has changed, else another one.
     * Reads all files again; blocks on the disk.
     *
     * @throws AgentFolderException if a folder that was named is gone, or any folder is unreadable
     */
    public AgentCatalog reread() {
        if (again == null) {
            return this;
        }
        AgentCatalog now = again.get();
        return now.files.equals(files) ? this : now;
    }

    /**
     * Says where to look. Whatever the order of the calls, agents of {@link #folder} come before those of
     * {@link #project}, {@link #home} and {@link #stock}; of two with the same name the one found first counts.
     */
    public static final class Builder {

        private final List<Reading> inCode = new ArrayList<>();
        private final List<Path> folders = new ArrayList<>();
        private final List<Path> lookedUp = new ArrayList<>();
        private final List<Path> homes = new ArrayList<>();
        private final List<ClassLoader> stock = new ArrayList<>();
        private AgentReader reader = new AgentReader();

        private Builder() {}

        /** Agents defined in code; they come before those of any folder. */
        public Builder definitions(Collection<AgentDefinition> definitions) {
            definitions.forEach(agent -> inCode.add(new Reading.Loaded(agent.source(), agent, List.of())));
            return this;
        }

        /** A folder that must be there, searched with the folders in it; or a single file. May be called repeatedly. */
        public Builder folder(Path folder) {
            folders.add(folder);
            return this;
        }

        /**
         * The folders {@code .yardmaster/agents} and {@code .claude/agents} of a working folder and of those above it, up
         * to the one that holds {@code .git}; of the working folder alone when none does.
         */
        public Builder project(Path workingFolder) {
            lookedUp.addAll(AgentFolder.ofProject(workingFolder));
            return this;
        }

        /** The same two folders of somebody's home folder. */
        public Builder home(Path home) {
            homes.addAll(AgentFolder.in(home.toAbsolutePath().normalize()));
            return this;
        }

        /** The agents in {@code yardmaster/agents/} on the class path of this library. */
        public Builder stock() {
            return stock(AgentCatalog.class.getClassLoader());
        }

        /** The agents in {@code yardmaster/agents/} that a class loader finds. */
        public Builder stock(ClassLoader loader) {
            stock.add(loader);
            return this;
        }

        /** The tools that agents can be given, for the diagnostics; default {@link AgentReader#DEFAULT_TOOLS}. */
        public Builder availableTools(Collection<String> names) {
            reader = new AgentReader(names);
            return this;
        }

        /**
         * Reads all files. Blocks on the disk.
         *
         * @throws AgentFolderException if a {@link #folder} is missing, or any folder is unreadable
         */
        public AgentCatalog build() {
            AgentReader with = reader;
            List<Reading> definitions = List.copyOf(inCode);
            List<Path> named = List.copyOf(folders);
            // The home folder may lie on the way up from the working folder; one look is enough.
            List<Path> wherePresent =
                    Stream.concat(lookedUp.stream(), homes.stream()).distinct().toList();
            List<ClassLoader> loaders = List.copyOf(stock);
            return read(() -> {
                FirstFound found = new FirstFound();
                found.add(definitions, Severity.WARNING);
                named.forEach(folder -> found.add(AgentFolder.named(folder, with), Severity.WARNING));
                wherePresent.forEach(folder -> found.add(AgentFolder.wherePresent(folder, with), Severity.WARNING));
                // Stock agents are there to be replaced.
                loaders.forEach(loader -> found.add(StockAgents.on(loader, with), Severity.HINT));
                return found;
            });
        }

        private static AgentCatalog read(Supplier<FirstFound> look) {
            FirstFound found = look.get();
            return new AgentCatalog(found.agents(), found.files(), () -> read(look));
        }
    }
}
