package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Desk;
import dev.yardmaster.tool.Grant;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repository that somebody prepared to have git run a program, and the git of commands that only read in it. */
class QuietGitTest {

    @TempDir
    Path folder;

    private Workspace workspace;

    private String run(String command, Effect effect) throws Exception {
        var context =
                new ToolContext(workspace, new ReadFiles(), line -> {}, Grant.inside(workspace), new Desk(), effect);
        return BuiltinTools.all()
                .find("Bash")
                .orElseThrow()
                .run(new ToolCall("1", "Bash", Json.of(Map.of("command", command))), context)
                .forModel();
    }

    @BeforeEach
    void make_a_repository() throws Exception {
        workspace = Workspace.of(folder);
        run(
                "git init -q . && git config user.name t && git config user.email t@example.org && echo a > a.txt"
                        + " && git init -q m && git -C m config user.name t && git -C m config user.email t@example.org"
                        + " && echo b > m/b.txt && git -C m add b.txt && git -C m commit -qm m"
                        + " && git add a.txt m 2>/dev/null && git commit -qm one && echo c >> a.txt && echo d >> m/b.txt",
                Effect.ONCE);
        assertThat(run("git log --oneline", Effect.ONCE)).contains("one");
    }

    private static final String[] READING = {
        "git status",
        "git status -s",
        "git diff",
        "git diff HEAD",
        "git log -p",
        "git show",
        "git describe --always --dirty",
        "git branch -a",
        "git blame a.txt",
        "git ls-files -m",
        "git grep a",
        "git log --show-signature",
        "git --paginate log",
        "git ls-remote ssh://example.invalid/x",
        "git fetch ssh://example.invalid/x",
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkdir -p .git/hooks; printf '#!/bin/sh\\ntouch pwned\\n' > .git/hooks/post-index-change; chmod +x .git/hooks/post-index-change; touch a.txt",
                "git config core.fsmonitor 'touch pwned #'",
                "git -C m config core.fsmonitor 'touch ../pwned #'",
                "git config core.pager 'touch pwned;cat'",
                "git config core.sshCommand 'touch pwned #'",
                "git config gpg.program ./gpg; printf '#!/bin/sh\\ntouch pwned\\n' > gpg; chmod +x gpg",
                "git config core.editor 'touch pwned #'",
                "git config core.askPass 'touch pwned #'",
                "git config credential.helper '!touch pwned #'"
            })
    void runs_no_program_that_the_repository_names(String prepared) throws Exception {
        run(prepared, Effect.ONCE);
        Files.deleteIfExists(folder.resolve("pwned"));
        for (String command : READING) {
            run(command, Effect.READ_ONLY);
            assertThat(folder.resolve("pwned")).as(command).doesNotExist();
        }
    }

    @Test
    void would_run_it_otherwise() throws Exception {
        run("git config core.fsmonitor 'touch pwned #'", Effect.ONCE);
        Files.deleteIfExists(folder.resolve("pwned"));
        run("git status", Effect.ONCE);
        assertThat(folder.resolve("pwned")).exists();
    }

    @Test
    void leaves_the_index_as_it_is() throws Exception {
        Path index = folder.resolve(".git/index");
        byte[] before = Files.readAllBytes(index);
        run("touch -d '2001-01-01' a.txt", Effect.ONCE);
        run("git status; git diff", Effect.READ_ONLY);
        assertThat(index).hasBinaryContent(before);
    }

    @Test
    void lets_hooks_run_where_something_is_committed() throws Exception {
        run(
                "mkdir -p .git/hooks; printf '#!/bin/sh\\ntouch hooked\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit",
                Effect.ONCE);
        run("git commit -qam two", Effect.ONCE);
        assertThat(folder.resolve("hooked")).exists();
    }
}
