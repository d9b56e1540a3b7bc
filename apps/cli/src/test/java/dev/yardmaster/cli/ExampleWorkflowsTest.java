package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The workflow files of the examples, with the commands that their pages give. */
@Timeout(120)
class ExampleWorkflowsTest {

    private static final Path WORKFLOWS =
            Path.of("../../examples/workflows").toAbsolutePath().normalize();

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
        for (String file : List.of("cart.py", "discount.py", "stock.py")) {
            calls.file("shop/" + file, Files.readString(WORKFLOWS.resolve("shop/" + file)));
        }
    }

    private Said run(String name, String... more) {
        var arguments =
                new ArrayList<>(List.of("run", WORKFLOWS.resolve(name + ".yaml").toString()));
        arguments.addAll(List.of("--workspace", "shop"));
        arguments.addAll(List.of("--model", "script:" + WORKFLOWS.resolve(name + ".script.yaml")));
        arguments.addAll(List.of(more));
        return calls.call(arguments.toArray(String[]::new));
    }

    @Test
    void each_file_is_reviewed_and_the_findings_are_in_the_order_of_the_files() {
        Said said = run("review-files", "--input", "files=cart.py,discount.py,stock.py");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .containsSubsequence("0  cart.py: total is fine", "1  discount.py:4: cents", "2  stock.py:5: KeyError");
    }

    @Test
    void a_text_is_written_again_until_it_is_accepted() {
        Said said = run("write-and-review", "--input", "task=Say in one sentence what cart.py does");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .contains("write#2  ■ done")
                .contains("`total` returns the sum of a cart in cents.")
                .contains("ACCEPTED")
                .doesNotContain("write#3");
    }
}
