package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Json;
import dev.yardmaster.hook.HookReader;
import dev.yardmaster.hook.Hooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which agent files may have their hooks run: those of the home folder, and those whose hooks the caller trusts as they are.
 */
public final class TrustedAgents {

    private final Trust trust;
    private final List<Path> own;
    private final Path folder;

    private TrustedAgents(Trust trust, List<Path> own, Path folder) {
        this.trust = trust;
        this.own = own;
        this.folder = folder;
    }

    /** As this caller has it. */
    public static TrustedAgents of(Caller caller) {
        return new TrustedAgents(
                Trust.of(caller.home()),
                List.of(
                        caller.home().resolve(".claude").resolve("agents"),
                        caller.home().resolve(".yardmaster").resolve("agents")),
                caller.folder());
    }

    /**
     * Whether its hooks may run.
     *
     * @throws UsageException when what was answered cannot be read
     */
    public boolean isTrusted(AgentDefinition agent) {
        Optional<Path> file = file(agent);
        return file.isPresent()
                && (own.stream().anyMatch(file.get()::startsWith)
                        || claim(agent).filter(Claim::isTrusted).isPresent());
    }

    /** What files that are not the caller's own would have run. */
    public List<Claim> claims(Collection<AgentDefinition> agents) {
        return agents.stream()
                .filter(agent -> file(agent)
                        .filter(file -> own.stream().noneMatch(file::startsWith))
                        .isPresent())
                .flatMap(agent -> claim(agent).stream())
                .toList();
    }

    private Optional<Claim> claim(AgentDefinition agent) {
        Optional<Object> plain = agent.hooks();
        Optional<Path> file = file(agent);
        if (plain.isEmpty() || file.isEmpty()) {
            return Optional.empty();
        }
        Hooks hooks = HookReader.ofFile(plain.get(), agent.source()).hooks();
        if (hooks.isEmpty()) {
            return Optional.empty();
        }
        String fingerprint = Json.of(HookSettings.essence(hooks, folder)).sha256();
        return Optional.of(new Claim(
                "the agent file " + file.get(),
                file.get(),
                hooks.all().stream().map(hook -> "hook " + hook).toList(),
                fingerprint,
                trust.answer(file.get(), fingerprint)));
    }

    private Optional<Path> file(AgentDefinition agent) {
        try {
            Path file = folder.resolve(agent.source());
            return Files.isRegularFile(file) ? Optional.of(file.toRealPath()) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
