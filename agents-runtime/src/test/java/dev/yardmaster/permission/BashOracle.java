package dev.yardmaster.permission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What bash really makes of commands in the {@link AttackFixture}: each in a new shell, in folders that are put back as they
 * were when it changed them. Where the system lets it, in namespaces of its own: no network, its own processes, and nothing
 * but the fixture can be written.
 */
final class BashOracle {

    /** What a command may do at most. */
    enum Licence {
        /** Nothing changes, nothing is shown from elsewhere, no planted program runs. */
        READS,
        /** The workspace may change; nothing outside, and no planted program runs. */
        WORKS
    }

    /** @param harms what it did that it must not: {@code pwned}, {@code outside}, {@code leak}, {@code changed}; empty for nothing */
    record Ran(String harms) {

        boolean harmed() {
            return !harms.isEmpty();
        }
    }

    record Case(Licence licence, String command) {}

    private static final String ISOLATE = "unshare --mount --net --pid --fork ";

    /** Runs what it reads from a file, pairs of licence and command, each ended by NUL; writes one line for each. */
    private static final String DRIVER = """
            base=$1; cases=$2; isolated=$3
            if [ "$isolated" = yes ]; then
              mount --bind "$base" "$base" && mount -o remount,bind,ro / && mount -t proc proc /proc || exit 9
            fi
            cd "$base"
            export TMPDIR=$base/tmp PAGER=cat GIT_PAGER=cat TERM=dumb GIT_TERMINAL_PROMPT=0
            mkdir -p tmp
            restore() {
              rm -rf ws out home ws-evil; cp -a kept/ws kept/out kept/home kept/ws-evil .
              sleep 0.01; : > stamp; sleep 0.01
            }
            restore
            while IFS= read -r -d '' licence && IFS= read -r -d '' command; do
              (
                cd ws; ulimit -f 4096 -c 0
                if [ "$licence" = READS ]; then
                  export GIT_OPTIONAL_LOCKS=0 GIT_CONFIG_COUNT=1
                  export GIT_CONFIG_KEY_0=diff.autoRefreshIndex GIT_CONFIG_VALUE_0=false
                fi
                exec setsid -w timeout -s KILL 5 bash -c -- "$command"
              ) < /dev/null > printed 2>&1
              harms=
              [ -e out/pwned ] && harms+='pwned '
              changed=$(find ws out home ws-evil -cnewer stamp ! -path ws/.git ! -path ws/.git/index -print -quit 2>/dev/null)
              if [ -n "$changed" ]; then
                [ -n "$(find out home/.ssh ws-evil ws/.git/hooks -cnewer stamp -print -quit 2>/dev/null)" ] && harms+='outside '
                [ "$licence" = READS ] && harms+="changed:$changed "
              fi
              IFS= read -r -d '' -n 100000 text < printed
              [[ $text == *CANARY-7f3a9c* ]] && harms+='leak '
              printf '%s\\n' "$harms"
              [ -n "$changed$harms" ] && restore
            done < "$cases"
            exit 0
            """;

    private final AttackFixture fixture;
    private final Path script;
    private final boolean isolated;

    BashOracle(AttackFixture fixture) throws IOException, InterruptedException {
        this.fixture = fixture;
        fixture.shell(fixture.base(), "rm -f ws/hard.txt; mkdir kept; cp -a ws out home ws-evil kept/");
        this.script = Files.writeString(fixture.base().resolve("driver.sh"), DRIVER);
        this.isolated = works(ISOLATE + "mount -t proc proc /proc");
    }

    boolean isIsolated() {
        return isolated;
    }

    private static boolean works(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Runs them one after another. @return one for each, in order */
    List<Ran> run(List<Case> cases) throws IOException, InterruptedException {
        Path file = Files.createTempFile(fixture.base(), "cases", "");
        var text = new StringBuilder();
        cases.forEach(each ->
                text.append(each.licence()).append('\0').append(each.command()).append('\0'));
        Files.writeString(file, text);
        Path errors = fixture.base().resolve("errors");
        var builder = new ProcessBuilder(
                        "bash",
                        "-c",
                        (isolated ? ISOLATE : "") + "bash \"$@\"",
                        "driver",
                        script.toString(),
                        fixture.base().toString(),
                        file.toString(),
                        isolated ? "yes" : "no")
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().put("HOME", fixture.base().resolve("home").toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("LANG", "C.UTF-8");
        Process process = builder.start();
        var ran = new ArrayList<Ran>();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> ran.add(new Ran(line.strip())));
        if (process.waitFor() != 0 || ran.size() != cases.size()) {
            throw new UncheckedIOException(new IOException("bash ended after " + ran.size() + " of " + cases.size()
                    + " commands, at: " + (ran.size() < cases.size() ? cases.get(ran.size()) : "the end") + "\n"
                    + Files.readString(errors)));
        }
        Files.delete(file);
        return ran;
    }
}
