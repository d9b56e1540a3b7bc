package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.workspace.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The folders that attack rows speak of, made from nothing by a shell script. */
public record AttackFixture(Path base) {

    static final String CANARY = "CANARY-7f3a9c";

    private static final String MAKE = """
            set -e
            mkdir -p ws ws-evil out home/.ssh; cd ws
            printf %s "$CANARY" > ../out/secret.txt; printf %s "$CANARY" > ../home/.ssh/id_rsa
            printf %s "$CANARY" > ../ws-evil/secret.txt
            printf 'hello a\\nworld\\n' > a.txt; echo b > b.txt; echo c > c.txt; echo readme > README.md
            mkdir -p bin sub src loop tests
            printf 'class A {}\\n' > src/A.java; echo x > 'src/naïve-日本語 file.txt'; echo x > '100% done.txt'
            echo key > .env; echo key > x.pem; echo 'def test_b(): pass' > tests/test_a.py
            for name in x.sh cat git bin/ls; do
              printf '#!/bin/sh\\ntouch %s\\n' "$PWN" > $name; chmod +x $name
            done
            echo "w $PWN" > evil.sed
            ln -s "$OUT" link-out; ln -s "$SECRET" link-file; ln -s link-file link2; ln -s ../.. sub/up
            ln -s "$OUT/new" dangling; ln -s x loop/x; ln -s link-out chain; ln -s .env env-link
            ln -s /dev/zero zero; ln ../out/secret.txt hard.txt
            git init -q .; git config user.name t; git config user.email t@example.org
            for i in 1 2 3; do echo $i >> b.txt; git add a.txt b.txt src; git commit -q -m "commit $i"; done
            """;

    static AttackFixture make(Path base) throws Exception {
        var fixture = new AttackFixture(base.toRealPath());
        fixture.shell(base, MAKE);
        return fixture;
    }

    /** The same once more, in another folder: links and scripts name it. */
    public static AttackFixture fresh(Path parent) throws Exception {
        return make(Files.createTempDirectory(parent, "row"));
    }

    public Path workspace() {
        return base.resolve("ws");
    }

    Path outside() {
        return base.resolve("out");
    }

    public Path secret() {
        return outside().resolve("secret.txt");
    }

    public Path pwned() {
        return outside().resolve("pwned");
    }

    /** A text with its tokens replaced. */
    public String in(String text) {
        return text.replace("@WS@", workspace().toString())
                .replace("@OUTNAME@", "out")
                .replace("@OUT@", outside().toString())
                .replace("@SECRET@", secret().toString())
                .replace("@PWN@", pwned().toString())
                .replace("@HOME@", base.resolve("home").toString());
    }

    /** What is decided about a command where no rules are. */
    Decision.Behavior decide(String command) {
        return AttackRow.decide(
                Policy.of(Mode.DEFAULT), Workspace.of(workspace()), "Bash", Map.of("command", in(command)));
    }

    public void shell(Path folder, String script) throws IOException, InterruptedException {
        File log = Files.createTempFile("fixture", ".log").toFile();
        var builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        "/usr/local/bin:/usr/bin:/bin",
                        "HOME",
                        base.resolve("home").toString(),
                        "GIT_CONFIG_NOSYSTEM",
                        "1",
                        "CANARY",
                        CANARY,
                        "OUT",
                        outside().toString(),
                        "SECRET",
                        secret().toString(),
                        "PWN",
                        pwned().toString()));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(() -> {
                    try {
                        return Files.readString(log.toPath());
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isZero();
        Files.delete(log.toPath());
    }
}
