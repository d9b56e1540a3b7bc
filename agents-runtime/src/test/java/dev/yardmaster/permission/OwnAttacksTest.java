package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks and everyday commands beside those of the corpus, in its format ({@code attacks.jsonl}, {@code controls.jsonl}):
 * variations of each of its classes, and what was found while looking for them.
 */
class OwnAttacksTest {

    @TempDir
    static Path folder;

    private final Map<String, AttackFixture> prepared = new HashMap<>();
    private final Map<String, Workspace> opened = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> no_attack_of_ours_is_allowed() throws Exception {
        return AttackRow.ours("attacks.jsonl").stream()
                .map(row -> DynamicTest.dynamicTest(row.id() + " " + row.input(), () -> {
                    AttackFixture fixture = fixture(row.setup().prepare());
                    assertThat(row.decideCommand(fixture, opened.get(row.setup().prepare())))
                            .isNotEqualTo(Behavior.ALLOW);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyday_commands_run_unasked() throws Exception {
        return AttackRow.ours("controls.jsonl").stream()
                .map(row -> DynamicTest.dynamicTest(row.id() + " " + row.input(), () -> {
                    AttackFixture fixture = fixture("");
                    assertThat(row.decideCommand(fixture, opened.get(""))).isEqualTo(Behavior.ALLOW);
                }));
    }

    /** Opened first and prepared then: what the preparation writes counts as written since. */
    private AttackFixture fixture(String prepare) throws Exception {
        if (!prepared.containsKey(prepare)) {
            AttackFixture fixture = AttackFixture.fresh(folder);
            opened.put(prepare, Workspace.of(fixture.workspace()));
            fixture.shell(fixture.workspace(), fixture.in(prepare));
            prepared.put(prepare, fixture);
        }
        return prepared.get(prepare);
    }
}
