package dev.yardmaster.examples.worktrees;

import dev.yardmaster.event.YardmasterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder under git's control, and what its user does there, whatever else git is set to do where this runs. */
record ShopRepository(Path folder) {

    private static final List<String> SETTINGS =
            List.of("user.name=Shop", "user.email=shop@localhost", "commit.gpgSign=false", "core.hooksPath=/dev/null");

    /** Commits all that is in a folder. @throws YardmasterException when there is no git */
    static ShopRepository begin(Path folder) throws IOException, InterruptedException {
        var repository = new ShopRepository(folder);
        repository.git("init", "--quiet", "--template=");
        repository.git("add", ".");
        repository.git("commit", "--quiet", "-m", "The shop");
        return repository;
    }

    /** What git prints. */
    String git(String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("git"));
        SETTINGS.forEach(setting -> line.addAll(List.of("-c", setting)));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("GIT_")); // a hook's: it means another repository
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new YardmasterException(
                    "git worktrees need 'git', which was not found; install it (Debian: apt install git, macOS: brew"
                            + " install git)",
                    e);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new YardmasterException("git " + String.join(" ", arguments) + " failed: " + output.strip());
        }
        return output;
    }
}
