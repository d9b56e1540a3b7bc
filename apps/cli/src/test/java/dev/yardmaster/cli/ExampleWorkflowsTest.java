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
    void an_endpoint_is_built_tested_and_audited_until_both_are_content() throws IOException {
        for (String file : List.of("app.py", "tests/__init__.py", "tests/test_health.py")) {
            calls.file("orders/" + file, Files.readString(WORKFLOWS.resolve("orders/" + file)));
        }
        Said said = calls.call(
                "run",
                WORKFLOWS.resolve("endpoint.yaml").toString(),
                "--workspace",
                "orders",
                "--input",
                "task=Create an endpoint to fetch user orders",
                "--mode",
                "acceptEdits",
                "--allow",
                "Bash(python3 -m unittest)",
                "--model",
                "script:" + WORKFLOWS.resolve("endpoint.script.yaml"));
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .contains("report#2")
                .doesNotContain("build#3")
                .contains("\"failed\":0", "\"ran\":5", "\"serious\":0")
                .contains("Mended: only the user's own token");
        assertThat(Files.readString(calls.folder().resolve("orders/app.py"))).contains("TOKENS.get(token) != user");
        assertThat(calls.call("graph", "--run", "last").out())
                .contains("build<br/>completed, 2 times", "report<br/>completed, 2 times", " -.-> ");
        assertThat(calls.call("graph", "--run", "last", "--json").out())
                .contains("\"executions\":2", "\"status\":\"completed\"");
        assertThat(calls.call("graph").exit()).isEqualTo(2);
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
