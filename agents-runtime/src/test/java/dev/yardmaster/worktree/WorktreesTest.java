package dev.yardmaster.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.RunId;
import dev.yardmaster.undo.Originals;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorktreesTest {

    @TempDir
    Path temporary;

    private GitFolder repository;
    private Worktrees worktrees;

    @BeforeEach
    void here() throws Exception {
        repository = GitFolder.in(temporary);
        worktrees = Worktrees.of(Workspace.of(temporary));
    }

    Worktree open(String name) throws InterruptedException {
        return worktrees.open("run", name, worktrees.snapshot("run", "start"));
    }

    static void write(Worktree worktree, String file, String text) throws IOException {
        new GitFolder(Path.of(worktree.folder())).write(file, text);
    }

    Change closed(Worktree worktree) throws InterruptedException {
        return worktrees.close(worktree, "Done");
    }

    MergedWork merged(Worktree worktree) throws InterruptedException {
        Change change = closed(worktree);
        return worktrees.merged(change, worktrees.merge(change, List.of(worktree.base())), Optional.empty());
    }

    @Nested
    class A_worktree {
        @Test
        void holds_what_is_not_committed_and_what_is_new_but_not_what_git_ignores() throws Exception {
            repository.write("a.txt", "mine\n").write("new/n.txt", "new\n").write("x.log", "noise");
            Files.delete(temporary.resolve("b.txt"));
            Path folder = Path.of(open("w").folder());
            assertThat(folder.resolve("a.txt")).hasContent("mine");
            assertThat(folder.resolve("new/n.txt")).hasContent("new");
            assertThat(folder.resolve("b.txt")).doesNotExist();
            assertThat(folder.resolve("x.log")).doesNotExist();
        }

        @Test
        void leaves_the_users_index_status_and_branches_as_they_were() throws Exception {
            repository.write("a.txt", "staged\n").git("add", "a.txt");
            repository.write("a.txt", "and more\n").write("n.txt", "new\n");
            String status = repository.git("status", "--porcelain");
            String staged = repository.git("diff", "--cached");
            Worktree worktree = open("w");
            write(worktree, "b.txt", "changed\n");
            merged(worktree);
            worktrees.forget("run", "start");
            assertThat(repository.git("status", "--porcelain"))
                    .isEqualTo((status + "\nx").replace("\nx", "").replace("?? n.txt", " M b.txt\n?? n.txt"));
            assertThat(repository.git("diff", "--cached")).isEqualTo(staged);
            assertThat(repository.git("log", "--oneline", "main").lines()).hasSize(1);
            assertThat(repository.leftovers()).isEmpty();
        }

        @Test
        void runs_no_hook_of_the_repository_and_needs_no_identity() throws Exception {
            Path hook = temporary.resolve(".git/hooks/post-checkout");
            Files.writeString(hook, "#!/bin/sh\ntouch '" + temporary.resolve("hooked") + "'\n");
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
            Worktree worktree = open("w");
            write(worktree, "b.txt", "changed\n");
            merged(worktree);
            assertThat(temporary.resolve("hooked")).doesNotExist();
            repository.git("checkout", "--quiet", "-b", "other"); // it would run, but for that
            assertThat(temporary.resolve("hooked")).exists();
        }

        @Test
        void made_again_after_a_crash_is_as_it_was_at_first() throws Exception {
            write(open("w"), "half.txt", "half");
            assertThat(Path.of(open("w").folder()).resolve("half.txt")).doesNotExist();
            assertThat(repository.git("worktree", "list").lines()).hasSize(2);
        }

        @Test
        void of_a_folder_of_the_repository_has_that_folder_as_its_workspace() throws Exception {
            repository.write("shop/s.txt", "s\n").write("other/o.txt", "o\n");
            Workspace shop = Workspace.of(temporary.resolve("shop"));
            Worktrees own = Worktrees.of(shop);
            Worktree worktree = own.open("run", "w", own.snapshot("run", "start"));
            Workspace there = worktree.workspace(shop);
            assertThat(there.root()).isEqualTo(Path.of(worktree.folder()).resolve("shop"));
            assertThat(there.home()).isEqualTo(shop.root());
            assertThat(there.meant(there.root().resolve("s.txt")))
                    .contains(shop.root().resolve("s.txt"));

            write(worktree, "shop/s.txt", "changed\n");
            write(worktree, "other/o.txt", "changed, and not its to change\n");
            Change change = own.close(worktree, "Done");
            assertThat(change.files()).containsExactly("shop/s.txt");
        }

        @Test
        void without_changes_leaves_nothing_behind() throws Exception {
            Worktree worktree = open("w");
            Change change = closed(worktree);
            assertThat(change.isEmpty()).isTrue();
            assertThat(worktrees.left(change).told()).isEmpty();
            worktrees.forget("run", "start");
            assertThat(repository.leftovers()).isEmpty();
            assertThat(Path.of(worktree.folder()).getParent()).doesNotExist();
        }

        @Test
        void whose_git_file_was_removed_is_still_told_from_the_repository_around_it() throws Exception {
            Worktree worktree = open("w");
            Files.delete(Path.of(worktree.folder()).resolve(".git"));
            write(worktree, "b.txt", "changed\n");
            assertThat(closed(worktree).files()).containsExactly("b.txt");
        }

        @Test
        void is_possible_before_the_first_commit() throws Exception {
            Path fresh = Files.createDirectory(temporary.resolveSibling(temporary.getFileName() + "-fresh"));
            new GitFolder(fresh).git("init", "--quiet");
            new GitFolder(fresh).write("n.txt", "new\n");
            Worktrees own = Worktrees.of(Workspace.of(fresh));
            Worktree worktree = own.open("run", "w", own.snapshot("run", "start"));
            assertThat(Path.of(worktree.folder()).resolve("n.txt")).hasContent("new");
        }
    }

    @Nested
    class Work_that_is_done {
        @Test
        void is_merged_with_what_was_done_meanwhile() throws Exception {
            Worktree one = open("one");
            Worktree other = open("other");
            write(one, "a.txt", "ONE\ntwo\nthree\nfour\nfive\n");
            write(other, "a.txt", "one\ntwo\nthree\nfour\nFIVE\n");
            write(other, "deep/n.txt", "new\n");
            assertThat(merged(one).files()).containsExactly("a.txt");
            assertThat(merged(other).files()).containsExactlyInAnyOrder("a.txt", "deep/n.txt");
            assertThat(repository.read("a.txt")).isEqualTo("ONE\ntwo\nthree\nfour\nFIVE\n");
            assertThat(repository.read("deep/n.txt")).isEqualTo("new\n");
        }

        @Test
        void brings_removals_modes_links_and_folders_in_the_place_of_files() throws Exception {
            Worktree worktree = open("w");
            Path folder = Path.of(worktree.folder());
            Files.delete(folder.resolve("b.txt"));
            Files.createDirectory(folder.resolve("b.txt"));
            Files.writeString(folder.resolve("b.txt/inner"), "inner\n");
            Files.createSymbolicLink(folder.resolve("link"), Path.of("a.txt"));
            Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\n");
            Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
            merged(worktree);
            assertThat(repository.read("b.txt/inner")).isEqualTo("inner\n");
            assertThat(Files.readSymbolicLink(temporary.resolve("link"))).isEqualTo(Path.of("a.txt"));
            assertThat(Files.isExecutable(temporary.resolve("run.sh"))).isTrue();
        }

        @Test
        void is_not_merged_where_it_conflicts_and_stays_on_its_branch() throws Exception {
            Worktree worktree = open("w");
            write(worktree, "a.txt", "theirs\n");
            write(worktree, "n.txt", "new\n");
            repository.write("a.txt", "mine\n");
            MergedWork merged = merged(worktree);
            assertThat(merged.conflicts()).containsExactly("a.txt");
            assertThat(merged.told()).contains("a.txt", "yardmaster/run/w", "git show");
            assertThat(repository.read("a.txt")).isEqualTo("mine\n");
            assertThat(temporary.resolve("n.txt")).doesNotExist();
            assertThat(repository.git("show", "yardmaster/run/w:a.txt")).isEqualTo("theirs");
            assertThat(Path.of(worktree.folder())).doesNotExist();
        }

        @Test
        void that_is_merged_again_after_a_crash_changes_nothing_more() throws Exception {
            Worktree worktree = open("w");
            write(worktree, "a.txt", "theirs\n");
            write(worktree, "n.txt", "new\n");
            Change change = closed(worktree);
            Merge merge = worktrees.merge(change, List.of(worktree.base()));
            repository.write("n.txt", "new\n"); // the process died in the middle
            MergedWork once = worktrees.merged(change, merge, Optional.empty());
            assertThat(worktrees.merged(change, merge, Optional.empty())).isEqualTo(once);
            assertThat(repository.read("a.txt")).isEqualTo("theirs\n");
        }

        @Test
        void is_not_merged_over_what_somebody_changed_since_it_was_worked_out() throws Exception {
            Worktree worktree = open("w");
            write(worktree, "a.txt", "theirs\n");
            write(worktree, "b.txt", "theirs\n");
            Change change = closed(worktree);
            Merge merge = worktrees.merge(change, List.of(worktree.base()));
            repository.write("a.txt", "mine, just now\n");
            assertThat(worktrees.merged(change, merge, Optional.empty()).conflicts())
                    .containsExactly("a.txt");
            assertThat(repository.read("b.txt")).isEqualTo("b\n");
        }

        @Test
        void can_be_undone_like_any_change() throws Exception {
            Worktree worktree = open("w");
            write(worktree, "a.txt", "theirs\n");
            write(worktree, "deep/n.txt", "new\n");
            Files.delete(Path.of(worktree.folder()).resolve("b.txt"));
            Change change = closed(worktree);
            var originals = Originals.in(Files.createDirectory(temporary.resolve("undo.log")));
            var run = new RunId("run");
            worktrees.merged(
                    change,
                    worktrees.merge(change, List.of(worktree.base())),
                    Optional.of(originals.keeper(run, Workspace.of(temporary))));
            originals.find(run).orElseThrow().apply(false);
            assertThat(repository.git("status", "--porcelain")).isEmpty();
            assertThat(temporary.resolve("deep")).doesNotExist();
        }

        @Test
        void comes_without_what_is_in_a_repository_that_was_made_there() throws Exception {
            Worktree worktree = open("w");
            write(worktree, "inner/i.txt", "i\n");
            new GitFolder(Path.of(worktree.folder()).resolve("inner")).git("init", "--quiet");
            new GitFolder(Path.of(worktree.folder()).resolve("inner")).git("add", ".");
            new GitFolder(Path.of(worktree.folder()).resolve("inner")).git("commit", "--quiet", "-m", "i");
            write(worktree, "b.txt", "changed\n");
            assertThat(closed(worktree).files()).containsExactly("b.txt");
        }
    }

    @Nested
    class Several_changes {
        @Test
        void come_together_and_one_that_conflicts_with_those_before_it_is_left() throws Exception {
            Worktree one = open("one");
            Worktree other = open("other");
            Worktree third = open("third");
            write(one, "a.txt", "ONE\ntwo\nthree\nfour\nfive\n");
            write(other, "a.txt", "uno\ntwo\nthree\nfour\nfive\n");
            write(third, "b.txt", "B\n");
            List<Change> all = List.of(closed(one), closed(other), closed(third));
            Worktrees.Together together = worktrees.together(one.base(), all);
            assertThat(together.left()).containsExactly(all.get(1));
            Path folder =
                    Path.of(worktrees.open("run", "next", together.commit()).folder());
            assertThat(folder.resolve("a.txt")).content().startsWith("ONE");
            assertThat(folder.resolve("b.txt")).hasContent("B");
        }
    }

    @Nested
    class No_worktree {
        @Test
        void is_to_be_had_outside_of_a_repository() throws Exception {
            Path bare = Files.createDirectory(temporary.resolveSibling(temporary.getFileName() + "-none"));
            assertThatExceptionOfType(NoWorktreeException.class)
                    .isThrownBy(() -> Worktrees.of(Workspace.of(bare)))
                    .withMessageContaining("is in no git repository")
                    .withMessageContaining("git init");
        }

        @Test
        void is_to_be_had_where_a_submodules_files_would_be_missing() throws Exception {
            Path inner = Files.createDirectory(temporary.resolve("lib"));
            new GitFolder(inner).git("init", "--quiet");
            new GitFolder(inner).write("l.txt", "l\n").git("add", ".");
            new GitFolder(inner).git("commit", "--quiet", "-m", "lib");
            assertThatExceptionOfType(NoWorktreeException.class)
                    .isThrownBy(() -> worktrees.snapshot("run", "start"))
                    .withMessageContaining("lib")
                    .withMessageContaining("without worktrees");
        }
    }
}
