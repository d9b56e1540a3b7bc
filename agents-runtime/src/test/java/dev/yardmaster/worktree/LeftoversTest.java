package dev.yardmaster.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of runs that nobody goes on with. */
@Timeout(60)
class LeftoversTest {

    @TempDir
    Path temporary;

    private GitFolder repository;
    private Worktrees worktrees;

    @BeforeEach
    void here() throws Exception {
        repository = GitFolder.in(temporary);
        repository.write("mine.txt", "not committed\n");
        worktrees = Worktrees.of(Workspace.of(temporary));
    }

    Worktree open(String run, String name) throws InterruptedException {
        return worktrees.open(run, name, worktrees.snapshot(run, "start"));
    }

    static GitFolder in(Worktree worktree) {
        return new GitFolder(Path.of(worktree.folder()));
    }

    List<Leftover> clear(String... runs) throws InterruptedException {
        return Leftovers.in(Workspace.of(temporary)).clear(List.of(runs), false);
    }

    @Test
    void work_that_was_not_committed_stays_on_its_branch_and_nothing_else_does() throws Exception {
        in(open("run", "w")).write("new.txt", "new\n").write("a.txt", "changed\n");
        open("run", "idle");
        List<Leftover> stays = clear("run");
        assertThat(stays).singleElement().satisfies(change -> {
            assertThat(change.branch()).isEqualTo("yardmaster/run/w");
            assertThat(change.files()).containsExactly("a.txt", "new.txt");
        });
        assertThat(repository.leftovers()).containsExactly("refs/heads/yardmaster/run/w");
        assertThat(repository.git("show", "yardmaster/run/w:new.txt")).isEqualTo("new");
        assertThat(temporary.resolve(".yardmaster/worktrees/run")).doesNotExist();
        assertThat(repository.git("status", "--porcelain")).isEqualTo("?? mine.txt");
        assertThat(clear("run")).isEqualTo(stays);
    }

    @Test
    void work_that_is_in_the_workspace_by_now_goes() throws Exception {
        Worktree worktree = open("run", "w");
        in(worktree).write("new.txt", "new\n");
        in(open("run", "other")).write("b.txt", "other\n");
        worktrees.left(worktrees.close(worktree, "Half"));
        repository.git("checkout", "yardmaster/run/w", "--", "new.txt"); // its user has looked at it
        repository.write("b.txt", "other\n");
        assertThat(clear("run")).isEmpty();
        assertThat(repository.leftovers()).isEmpty();
    }

    @Test
    void work_that_was_left_goes_when_its_user_says_so() throws Exception {
        in(open("run", "w")).write("new.txt", "new\n");
        assertThat(Leftovers.in(Workspace.of(temporary)).clear(List.of("run"), true))
                .isEmpty();
        assertThat(repository.leftovers()).isEmpty();
        assertThat(temporary.resolve(".yardmaster/worktrees/run")).doesNotExist();
    }

    @Test
    void what_other_runs_work_with_stays_as_it_is() throws Exception {
        Worktree other = open("run-2", "w");
        in(other).write("new.txt", "new\n");
        open("run", "w");
        List<String> before = repository.leftovers();
        assertThat(clear("run")).isEmpty();
        assertThat(before).containsAll(repository.leftovers());
        assertThat(repository.leftovers()).contains("refs/heads/yardmaster/run-2/w", "refs/yardmaster/run-2/start");
        assertThat(in(other).read("new.txt")).isEqualTo("new\n");
    }

    @Test
    void a_worktree_that_was_only_half_made_is_no_work() throws Exception {
        Worktree worktree = open("run", "w");
        Files.delete(Path.of(worktree.git()).resolve(Worktrees.BASE)); // the process died before that was written
        Files.delete(Path.of(worktree.folder()).resolve("a.txt"));
        assertThat(clear("run")).isEmpty();
        assertThat(repository.leftovers()).isEmpty();
    }

    @Test
    void a_worktree_that_was_only_half_removed_is_no_work() throws Exception {
        Worktree worktree = open("run", "w");
        Path folder = Path.of(worktree.folder());
        Files.delete(folder.resolve("a.txt"));
        Files.move(folder, folder.resolveSibling(".gone-w")); // the process died then
        assertThat(clear("run")).isEmpty();
        assertThat(repository.leftovers()).isEmpty();
        assertThat(folder.getParent()).doesNotExist();
    }

    private Path gitdir(Worktree worktree) {
        return Path.of(worktree.git()).resolve("gitdir");
    }

    @Test
    void a_worktree_that_git_knows_by_a_relative_path_is_a_worktree() throws Exception {
        Worktree worktree = open("run", "w");
        in(worktree).write("new.txt", "new\n");
        Path place = Path.of(worktree.folder()).resolve(".git");
        Files.writeString(gitdir(worktree), Path.of(worktree.git()).relativize(place) + "\n"); // as git 2.48 may
        assertThat(clear("run")).singleElement().satisfies(left -> {
            assertThat(left.files()).containsExactly("new.txt");
            assertThat(left.trouble()).isEmpty();
        });
        assertThat(Path.of(worktree.git())).doesNotExist();
        assertThat(repository.git("show", "yardmaster/run/w:new.txt")).isEqualTo("new");
    }

    @Test
    void a_worktree_that_git_does_not_know_stays_and_is_told_and_the_others_go() throws Exception {
        Worktree lost = open("run", "lost");
        in(lost).write("new.txt", "new\n");
        in(open("run", "w")).write("b.txt", "other\n");
        Files.writeString(gitdir(lost), "/elsewhere/.git\n");
        List<Leftover> stays = clear("run");
        assertThat(stays).extracting(Leftover::branch).containsExactly("yardmaster/run/lost", "yardmaster/run/w");
        assertThat(stays.getFirst().trouble().orElseThrow()).contains(lost.folder(), "git worktree repair");
        assertThat(stays.getLast().trouble()).isEmpty();
        assertThat(in(lost).read("new.txt")).isEqualTo("new\n");
        assertThat(repository.leftovers()).contains("refs/heads/yardmaster/run/lost", "refs/yardmaster/run/start");
        assertThat(Leftovers.in(Workspace.of(temporary)).clear(List.of("run"), true))
                .isEmpty();
        assertThat(Path.of(lost.folder())).doesNotExist();
    }

    @Test
    void what_its_user_has_taken_back_since_is_nobodys_work() throws Exception {
        Worktree worktree = open("run", "w");
        Files.delete(Path.of(worktree.git()).resolve(Worktrees.BASE)); // never ready
        repository.write("mine.txt", "taken back\n");
        assertThat(clear("run")).isEmpty();
        assertThat(repository.leftovers()).isEmpty();
    }
}
