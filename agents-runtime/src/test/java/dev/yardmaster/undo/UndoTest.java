package dev.yardmaster.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run changed becomes what it was; what is of somebody else stays. */
class UndoTest {

    static final RunId RUN = new RunId("run");

    @TempDir
    Path temporary;

    Path root;
    Path store;
    Workspace workspace;
    Keeper keeper;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(temporary.toRealPath().resolve("ws"));
        store = temporary.resolve("store");
        workspace = Workspace.of(root);
        Files.writeString(root.resolve("a.txt"), "a\r\n");
        Files.writeString(root.resolve("b.txt"), "b\n");
        Files.setPosixFilePermissions(root.resolve("a.txt"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createDirectories(root.resolve("data/empty"));
        Files.writeString(root.resolve("data/d.txt"), "d\n");
        keeper = process();
    }

    /** A process of its own: what an earlier one kept is on the disk only. */
    Keeper process() {
        return Originals.in(store).keeper(RUN, workspace);
    }

    Undo undo() {
        return Originals.in(store).find(RUN).orElseThrow();
    }

    interface Change {
        void make() throws IOException;
    }

    void tool(String file, Change change) throws IOException {
        keeper.before(root.resolve(file));
        change.make();
        keeper.after(root.resolve(file));
    }

    void command(Change change) throws IOException {
        keeper.beforeCommand();
        change.make();
        keeper.afterCommand(false);
    }

    void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    /** All that is in the workspace: contents, modes, folders. */
    TreeMap<String, String> all() throws IOException {
        var all = new TreeMap<String, String>();
        try (var paths = Files.walk(root)) {
            for (Path each : paths.toList()) {
                String content = Files.isDirectory(each) ? "folder" : Files.readString(each);
                all.put(
                        root.relativize(each).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)) + " " + content);
            }
        }
        return all;
    }

    @Test
    void what_tools_changed_created_and_removed_is_as_it_was() throws IOException {
        var before = all();
        tool("a.txt", () -> workspace.write(workspace.resolve("a.txt"), "A".getBytes()));
        tool("a.txt", () -> write("a.txt", "AA"));
        tool("new/deep/c.txt", () -> write("new/deep/c.txt", "c"));
        tool("b.txt", () -> Files.delete(root.resolve("b.txt")));

        assertThat(undo().apply(false))
                .extracting(step -> root.relativize(step.path()) + " " + step.what())
                .containsExactly(
                        "a.txt restored",
                        "b.txt brought back",
                        "new/deep/c.txt removed",
                        "new/deep removed",
                        "new removed");
        assertThat(all()).isEqualTo(before);
        assertThat(undo().undone()).isPresent();
        assertThat(undo().steps()).isEmpty();
    }

    @Test
    void what_commands_changed_is_as_it_was() throws IOException {
        var before = all();
        command(() -> {
            write("a.txt", "other");
            Files.delete(root.resolve("data/d.txt"));
            Files.delete(root.resolve("data/empty"));
            Files.delete(root.resolve("data"));
            write("made/x", "x");
            Files.setPosixFilePermissions(root.resolve("b.txt"), PosixFilePermissions.fromString("rw-------"));
        });
        command(() -> write("a.txt", "another"));

        undo().apply(false);
        assertThat(all()).isEqualTo(before);
    }

    @Test
    void what_others_change_meanwhile_or_later_is_theirs() throws IOException {
        tool("a.txt", () -> write("a.txt", "A"));
        command(() -> write("made.txt", "x"));
        write("b.txt", "somebody's");
        write("theirs.txt", "somebody's");
        command(() -> write("made.txt", "y"));
        write("data/d.txt", "somebody's");

        undo().apply(false);
        assertThat(root.resolve("a.txt")).hasContent("a\r\n");
        assertThat(root.resolve("made.txt")).doesNotExist();
        for (String file : List.of("b.txt", "theirs.txt", "data/d.txt")) {
            assertThat(root.resolve(file)).hasContent("somebody's");
        }
    }

    @Test
    void a_file_that_somebody_changed_after_the_run_holds_all_of_it_back() throws IOException {
        tool("a.txt", () -> write("a.txt", "A"));
        tool("b.txt", () -> write("b.txt", "B"));
        write("b.txt", "somebody's");

        assertThat(undo().steps())
                .filteredOn(step -> !step.isFree())
                .singleElement()
                .matches(step ->
                        step.path().endsWith("b.txt") && step.hindrance().contains("has changed since"));
        assertThatExceptionOfType(YardmasterException.class)
                .isThrownBy(() -> undo().apply(false))
                .withMessageContaining("nothing was undone");
        assertThat(root.resolve("a.txt")).hasContent("A");

        undo().apply(true);
        assertThat(root.resolve("a.txt")).hasContent("a\r\n");
        assertThat(root.resolve("b.txt")).hasContent("b\n");
        assertThat(undo().undone().orElseThrow()).contains("by force");
    }

    @Test
    void a_folder_that_others_have_put_something_into_stays() throws IOException {
        tool("new/c.txt", () -> write("new/c.txt", "c"));
        write("new/theirs.txt", "x");
        undo().apply(false);
        assertThat(root.resolve("new/c.txt")).doesNotExist();
        assertThat(root.resolve("new/theirs.txt")).exists();
    }

    @Test
    void a_link_in_the_place_of_a_file_is_not_written_through() throws IOException {
        Path outside = Files.writeString(temporary.resolve("outside.txt"), "mine");
        tool("a.txt", () -> write("a.txt", "A"));
        Files.delete(root.resolve("a.txt"));
        Files.createSymbolicLink(root.resolve("a.txt"), outside);
        assertThat(undo().steps()).singleElement().matches(step -> !step.isFree());
        undo().apply(true);
        assertThat(outside).hasContent("mine");

        tool("data/d.txt", () -> write("data/d.txt", "D"));
        Files.move(root.resolve("data"), temporary.resolve("data"));
        Files.createSymbolicLink(root.resolve("data"), temporary.resolve("data"));
        undo().apply(true);
        assertThat(temporary.resolve("data/d.txt")).hasContent("D");
    }

    @Test
    void what_is_too_large_to_be_kept_is_named() throws IOException {
        Files.write(root.resolve("large"), new byte[(int) Contents.MOST_BYTES + 1]);
        tool("large", () -> write("large", "small"));
        assertThat(undo().steps())
                .singleElement()
                .matches(step -> step.hindrance().contains("too large"));
    }

    @Test
    void what_is_kept_and_damaged_is_not_put_back() throws IOException {
        tool("a.txt", () -> write("a.txt", "A"));
        try (var files = Files.walk(store)) {
            for (Path each : files.filter(file -> file.getFileName().toString().length() == 64)
                    .toList()) {
                Files.writeString(each, "x", StandardOpenOption.APPEND);
            }
        }
        assertThat(undo().apply(false)).isEmpty();
        assertThat(root.resolve("a.txt")).hasContent("A");
    }

    @Test
    void a_run_that_changed_nothing_keeps_nothing() {
        process();
        assertThat(Originals.in(store).find(RUN)).isEmpty();
        assertThat(store).doesNotExist();
    }

    @Test
    void it_is_forgotten_with_its_run() throws IOException {
        tool("a.txt", () -> write("a.txt", "A"));
        Originals.in(store).forget(RUN);
        assertThat(store).isEmptyDirectory();
    }

    @Nested
    class When_the_process_dies {

        @Test
        void the_first_state_counts_however_many_processes_follow() throws IOException {
            tool("a.txt", () -> write("a.txt", "one"));
            keeper = process();
            tool("a.txt", () -> write("a.txt", "two"));
            keeper = process();
            command(() -> write("a.txt", "three"));
            undo().apply(false);
            assertThat(root.resolve("a.txt")).hasContent("a\r\n");
        }

        @Test
        void in_the_middle_of_a_change_it_is_said_that_nobody_knows() throws IOException {
            keeper.before(root.resolve("a.txt"));
            write("a.txt", "half");
            assertThat(undo().steps())
                    .singleElement()
                    .matches(step -> step.hindrance().contains("cut off while it changed it"));
            process().after(root.resolve("a.txt")); // the resumed run has found out
            undo().apply(false);
            assertThat(root.resolve("a.txt")).hasContent("a\r\n");
        }

        @Test
        void before_the_change_there_is_nothing_to_undo() throws IOException {
            keeper.before(root.resolve("a.txt"));
            assertThat(undo().steps()).isEmpty();
        }

        @Test
        void in_the_middle_of_a_command_what_has_changed_is_named_and_not_touched_unless_forced() throws IOException {
            keeper.beforeCommand();
            write("a.txt", "half");
            assertThat(undo().notWhole()).contains("cut off");
            assertThat(undo().steps())
                    .singleElement()
                    .matches(step -> step.hindrance().contains("may have been a command that was cut off"));
            undo().apply(true);
            assertThat(root.resolve("a.txt")).hasContent("a\r\n");
        }

        @Test
        void what_somebody_changed_before_it_was_resumed_is_theirs() throws IOException {
            command(() -> write("made.txt", "x"));
            write("b.txt", "somebody's");
            keeper = process();
            command(() -> write("made.txt", "y"));
            undo().apply(false);
            assertThat(root.resolve("b.txt")).hasContent("somebody's");
        }

        @Test
        void a_line_that_was_cut_off_is_none() throws IOException {
            tool("a.txt", () -> write("a.txt", "A"));
            try (var files = Files.walk(store)) {
                Path list = files.filter(file -> file.endsWith("changes.jsonl"))
                        .findFirst()
                        .orElseThrow();
                Files.writeString(list, "{\"kind\":\"IS\",\"pa", StandardOpenOption.APPEND);
            }
            keeper = process();
            tool("b.txt", () -> write("b.txt", "B"));
            undo().apply(false);
            assertThat(root.resolve("a.txt")).hasContent("a\r\n");
            assertThat(root.resolve("b.txt")).hasContent("b\n");
        }
    }
}
