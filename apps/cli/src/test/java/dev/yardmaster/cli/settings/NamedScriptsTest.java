package dev.yardmaster.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedScriptsTest {

    @TempDir
    Path folder;

    private String named(String command) {
        return String.join(
                " ",
                NamedScripts.hashes(command, folder).stream()
                        .map(each -> each.split(" ")[1])
                        .toList());
    }

    @Test
    void are_programs_of_the_project_and_what_interpreters_are_given() throws IOException {
        for (String file : new String[] {"run.sh", "my hooks/a.py", "data.txt", "lint.js"}) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), file);
        }
        assertThat(named("./run.sh data.txt")).isEqualTo("run.sh");
        assertThat(named("\"$CLAUDE_PROJECT_DIR\"/run.sh")).isEqualTo("run.sh");
        assertThat(named("python3 -u '${CLAUDE_PROJECT_DIR}/my hooks/a.py' data.txt"))
                .isEqualTo("my hooks/a.py".split(" ")[0]);
        assertThat(named("X=1 node lint.js data.txt && bash run.sh > data.txt")).isEqualTo("lint.js run.sh");
        assertThat(named("test -f data.txt || grep x < data.txt; echo x >> data.txt"))
                .isEmpty();
        assertThat(named("cat /etc/hosts | sort")).isEmpty();
    }

    @Test
    void have_another_hash_when_they_say_something_else() throws IOException {
        Files.writeString(folder.resolve("run.sh"), "one");
        var before = NamedScripts.hashes("./run.sh", folder);
        Files.writeString(folder.resolve("run.sh"), "two");
        assertThat(NamedScripts.hashes("./run.sh", folder)).hasSize(1).isNotEqualTo(before);
    }
}
