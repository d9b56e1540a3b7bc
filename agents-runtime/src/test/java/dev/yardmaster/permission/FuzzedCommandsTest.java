package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.permission.BashOracle.Case;
import dev.yardmaster.permission.BashOracle.Licence;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.tool.Access;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Variants of attacks and of everyday commands, with bash as the oracle: what the policy lets run is run, and must not create
 * the canary, show the secret, start a planted program or, where it is said to only read, change anything.
 *
 * <p>{@code -Dyardmaster.fuzz.variants=50000 -Dyardmaster.fuzz.seed=7} runs more of them, {@code -Dyardmaster.fuzz.only=123}
 * one again. What it came to is in {@code target/command-fuzz.txt}.
 */
class FuzzedCommandsTest {

    private static final int VARIANTS = Integer.getInteger("yardmaster.fuzz.variants", 1_000);
    private static final long SEED = Long.getLong("yardmaster.fuzz.seed", 20261128);
    private static final int ONLY = Integer.getInteger("yardmaster.fuzz.only", -1);

    /** Two in so many attacks that are asked for are run, too: to see what the policy keeps from happening. */
    private static final int SAMPLED = 40;

    private static final Pattern PROGRAM = Pattern.compile("(?:^|[;&|(\\n`{'\"]|\\$\\()\\s*([A-Za-z][A-Za-z0-9.+-]*)");

    @TempDir
    static Path folder;

    private static AttackFixture fixture;
    private static BashOracle oracle;
    private static Workspace workspace;
    private static List<AttackRow> seeds;
    /** Those of which it is known what they do. */
    private static List<AttackRow> harmful;

    /** @param permitted what the policy makes of it; empty when it is asked for */
    private record Variant(int number, String seed, String command, Optional<Licence> permitted, boolean attack) {

        Case asCase() {
            return new Case(permitted.orElse(Licence.WORKS), command);
        }
    }

    @BeforeAll
    static void prepare() throws Exception {
        fixture = AttackFixture.fresh(folder);
        oracle = new BashOracle(fixture);
        workspace = Workspace.of(fixture.workspace());
        seeds = new ArrayList<>(AttackRow.ours("attacks.jsonl"));
        seeds.addAll(AttackRow.ours("controls.jsonl"));
        try {
            seeds.addAll(AttackRow.of("policy"));
            AttackRow.of("tools").stream().filter(AttackRow::isControl).forEach(seeds::add);
        } catch (TestAbortedException e) {
            assertThat(seeds).isNotEmpty(); // our own rows are enough
        }
        seeds.removeIf(
                row -> !row.surface().equals("Bash") || !row.setup().prepare().isEmpty());
        harmful = seeds.stream().filter(row -> row.effect().isPresent()).toList();
    }

    @Test
    void do_no_harm_where_they_run_unasked() throws Exception {
        long began = System.nanoTime();
        var run = new ArrayList<Variant>();
        int asked = 0;
        int reading = 0;
        for (int i = ONLY < 0 ? 0 : ONLY; i < (ONLY < 0 ? VARIANTS : ONLY + 1); i++) {
            Variant variant = variant(i);
            boolean sampled = variant.attack() && i % SAMPLED < 2 && oracle.isIsolated();
            asked += variant.permitted().isEmpty() ? 1 : 0;
            reading += variant.permitted().filter(Licence.READS::equals).isPresent() ? 1 : 0;
            if (sampled || variant.permitted().isPresent()) {
                run.add(variant);
            }
        }
        Duration decided = Duration.ofNanos(System.nanoTime() - began);
        run.sort(
                Comparator.comparing(variant -> variant.permitted().isEmpty())); // what others leave running comes last
        List<BashOracle.Ran> ran = oracle.run(run.stream().map(Variant::asCase).toList());
        var failures = new ArrayList<String>();
        int kept = 0;
        int samples = 0;
        for (int i = 0; i < ran.size(); i++) {
            boolean permitted = run.get(i).permitted().isPresent();
            samples += permitted ? 0 : 1;
            kept += !permitted && ran.get(i).harmed() ? 1 : 0;
            if (permitted && ran.get(i).harmed() && failures.size() < 20) {
                failures.add(told(run.get(i), ran.get(i)));
            }
        }
        String report = String.format(
                Locale.ROOT,
                "seed %d: %d variants, %d asked for, %d run unasked and under bash (%d of them as reading only), %d did harm;"
                        + " of %d asked for that were run all the same, %d did harm (%s); decided in %d ms, all in %d s%n%s",
                SEED,
                ONLY < 0 ? VARIANTS : 1,
                asked,
                run.size() - samples,
                reading,
                failures.size(),
                samples,
                kept,
                oracle.isIsolated() ? "isolated" : "no namespaces here: none run",
                decided.toMillis(),
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                String.join("\n", failures));
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("command-fuzz.txt"), report);
        assertThat(failures).as(report).isEmpty();
        if (ONLY < 0 && oracle.isIsolated()) {
            assertThat(kept)
                    .as("what bash does with what is asked for: " + report)
                    .isPositive();
        }
    }

    private static Variant variant(int number) {
        var random = new Random(SEED * 1_000_003 + number);
        random.nextInt(); // the first one hardly differs between seeds that are close
        var mutator = new CommandMutator(random);
        boolean grammar = random.nextInt(3) == 0;
        List<AttackRow> pool = random.nextBoolean() ? seeds : harmful;
        AttackRow row = pool.get(random.nextInt(pool.size()));
        String base = grammar ? new CommandGrammar(random).command() : row.input();
        String text = mutator.mutate(base, grammar ? random.nextInt(2) : random.nextInt(4));
        String command = fixture.in(mutator.place(text)).replace("\0", "");
        boolean attack = row.effect().isPresent() && !grammar;
        return new Variant(number, grammar ? "grammar" : row.id(), command, permitted(row, command), attack);
    }

    private static Optional<Licence> permitted(AttackRow row, String command) {
        if (command.isBlank()) {
            return Optional.empty();
        }
        if (Policy.onlyReads(List.of(new Access.Runs(command)), workspace)) {
            return Optional.of(Licence.READS);
        }
        for (Mode mode : List.of(Mode.DEFAULT, Mode.ACCEPT_EDITS)) {
            Policy policy = Policy.of(mode);
            for (String rule : row.setup().allow()) {
                policy = rule.equals("Bash") ? policy : policy.with(Rule.allow(rule, row.id()));
            }
            Matcher programs = PROGRAM.matcher(command);
            while (programs.find()) {
                policy = policy.with(Rule.allow("Bash(" + programs.group(1) + ":*)", "fuzz"));
            }
            if (AttackRow.decide(policy, workspace, "Bash", Map.of("command", command)) == Behavior.ALLOW) {
                return Optional.of(Licence.WORKS);
            }
        }
        return Optional.empty();
    }

    /** The failing variant, and the least of it that still fails. */
    private static String told(Variant variant, BashOracle.Ran ran) throws IOException, InterruptedException {
        AttackRow row = seeds.stream()
                .filter(each -> each.id().equals(variant.seed()))
                .findFirst()
                .orElse(seeds.getFirst());
        String least = variant.command();
        for (int size = least.length() / 2; size > 0; size /= 2) {
            for (int at = 0; at + size <= least.length(); at += size) {
                String shorter = least.substring(0, at) + least.substring(at + size);
                Optional<Licence> permitted = permitted(row, shorter);
                if (permitted.isPresent()
                        && oracle.run(List.of(new Case(permitted.get(), shorter)))
                                .getFirst()
                                .harmed()) {
                    least = shorter;
                    at -= size;
                }
            }
        }
        return variant.number() + " (of " + variant.seed() + ") " + ran.harms() + "as "
                + variant.permitted().orElseThrow()
                + ": " + shown(variant.command()) + "\n    least: " + shown(least)
                + "\n    again: -Dyardmaster.fuzz.seed=" + SEED + " -Dyardmaster.fuzz.only=" + variant.number();
    }

    private static String shown(String command) {
        return command.replace(fixture.base().toString(), "@BASE@")
                .replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }
}
