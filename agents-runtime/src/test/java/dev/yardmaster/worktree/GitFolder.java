package dev.yardmaster.worktree;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository of a test's own, and what its user would do in it. */
public record GitFolder(Path path) {

    /** One with a commit in it. Skips the test where there is no git. */
    public static GitFolder in(Path path) throws IOException, InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(there, "git is not installed, so there can be no worktrees");
        var folder = new GitFolder(path.toRealPath());
        folder.git("init", "--quiet", "--initial-branch=main");
        folder.write("a.txt", "one\ntwo\nthree\nfour\nfive\n").write("b.txt", "b\n");
        folder.write(".gitignore", "*.log\n");
        folder.git("add", ".");
        folder.git("commit", "--quiet", "-m", "first");
        return folder;
    }

    public GitFolder write(String file, String text) throws IOException {
        Files.createDirectories(path.resolve(file).getParent());
        Files.writeString(path.resolve(file), text);
        return this;
    }

    public String read(String file) throws IOException {
        return Files.readString(path.resolve(file));
    }

    public String git(String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("git", "-c", "user.name=Test", "-c", "user.email=test@localhost"));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line).directory(path.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("git " + String.join(" ", arguments) + ": " + output);
        }
        return output;
    }

    /** What is there besides the user's own: nothing, when everything was tidied up. */
    public List<String> leftovers() throws IOException, InterruptedException {
        var left = new ArrayList<String>();
        git("worktree", "list").lines().skip(1).forEach(left::add);
        git("for-each-ref", "--format=%(refname)")
                .lines()
                .filter(ref -> !ref.equals("refs/heads/main"))
                .forEach(left::add);
        return left;
    }
}
