package dev.yardmaster.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Git's lock files: whose git is ended, who waits for whom, and what is removed when nobody is there any more. */
@Timeout(120)
class GitLocksTest {

    private static final String OURS = "refs/heads/yardmaster/run/w";

    @TempDir
    Path temporary;

    private GitFolder repository;
    private Path common;
    private Gate started;
    private Gate go;

    @BeforeEach
    void here() throws Exception {
        repository = GitFolder.in(Files.createDirectory(temporary.resolve("repository")));
        common = repository.path().resolve(".git");
        started = Gate.at(temporary.resolve("started"));
        go = Gate.at(temporary.resolve("go"));
    }

    @AfterEach
    void close() throws Exception {
        started.close();
        go.close();
    }

    /** Git with something before it, which nobody hurries. */
    Git git(String... before) throws IOException {
        return git(new Git.Grace(Duration.ofHours(1), Duration.ofHours(1)), before);
    }

    Git git(Git.Grace grace, String... before) throws IOException {
        Path script = temporary.resolve("git.sh");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", before) + "\nexec git \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Git(repository.path(), Git.of(common, repository.path()).more(), Optional.of(script), grace);
    }

    PatientGit patient(Duration patience, String... before) throws IOException {
        return new PatientGit(git(before), common, patience);
    }

    String head() throws Exception {
        return repository.git("rev-parse", "HEAD");
    }

    boolean isThere(String ref) throws Exception {
        return repository.git("for-each-ref", "--format=%(refname)").lines().anyMatch(ref::equals);
    }

    Path lock(Path folder, String of, Instant when) throws IOException {
        Path lock = folder.resolve(of + ".lock");
        Files.createDirectories(lock.getParent());
        Files.createFile(lock);
        Files.setLastModifiedTime(lock, FileTime.from(when));
        return lock;
    }

    static Instant longAgo() {
        return Instant.now().minus(Duration.ofHours(1));
    }

    /** Something that is done beside. */
    record Beside<T>(FutureTask<T> task, Thread thread) {

        static <T> Beside<T> of(Callable<T> work) {
            var task = new FutureTask<>(work);
            return new Beside<>(task, Thread.ofVirtual().start(task));
        }

        /** Until it has seen that it was interrupted, and waits for something else. */
        void awaitNoticed() {
            while (thread.isInterrupted()
                    || thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }

        void assertInterrupted() {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(task::get)
                    .withCauseInstanceOf(InterruptedException.class);
        }
    }

    @Nested
    class Who_is_interrupted {
        @Test
        void has_git_end_by_itself_so_that_it_leaves_no_lock() throws Exception {
            repository.git("config", "filter.slow.clean", "echo > " + started + "; read x < " + go + "; cat");
            repository.write(".gitattributes", "*.slow filter=slow\n").write("x.slow", "slow\n");
            Beside<?> adding = Beside.of(() -> git().attempt("", "add", "x.slow"));
            started.await();
            assertThat(common.resolve("index.lock")).exists();
            adding.thread().interrupt();
            adding.assertInterrupted();
            assertThat(common.resolve("index.lock")).doesNotExist();
        }

        @Test
        void does_not_go_on_before_git_is_over() throws Exception {
            Path done = temporary.resolve("done");
            Gate ending = Gate.at(temporary.resolve("ending"));
            try (ending) {
                Git slow = git(
                        "trap 'kill $!; echo > " + ending + "; read x < " + go + "; touch " + Gate.word(done)
                                + "; exit 1' TERM",
                        "echo > " + started,
                        "cat " + Gate.at(temporary.resolve("never")) + " & wait $!");
                Beside<?> waiting = Beside.of(() -> {
                    try {
                        return slow.attempt("", "status");
                    } finally {
                        assertThat(done).exists();
                    }
                });
                started.await();
                waiting.thread().interrupt();
                ending.await();
                assertThat(waiting.task().isDone()).isFalse();
                go.open();
                waiting.assertInterrupted();
            }
        }

        @Test
        void has_git_killed_that_does_not_end() throws Exception {
            var brief = new Git.Grace(Duration.ofMillis(20), Duration.ofMillis(20));
            Git deaf = git(brief, "trap '' TERM", "echo > " + started, "read x < " + go);
            Beside<?> waiting = Beside.of(() -> deaf.attempt("", "status"));
            started.await();
            waiting.thread().interrupt();
            waiting.assertInterrupted();
        }

        @Test
        void has_a_ref_changed_to_the_end() throws Exception {
            PatientGit slow = patient(Duration.ofHours(1), "echo > " + started, "read x < " + go);
            String head = head();
            Beside<?> changing = Beside.of(() -> {
                slow.run("update-ref", OURS, head);
                return "";
            });
            started.await();
            changing.thread().interrupt();
            changing.awaitNoticed();
            go.open();
            changing.assertInterrupted();
            assertThat(isThere(OURS)).isTrue();
        }

        @Test
        void waits_no_longer_for_the_lock_of_another() throws Exception {
            lock(common, OURS, Instant.now().plus(Duration.ofHours(1)));
            PatientGit waits = patient(Duration.ofHours(1), "echo > " + started);
            String head = head();
            Beside<?> changing = Beside.of(() -> {
                waits.run("update-ref", OURS, head);
                return "";
            });
            started.await();
            started.await(); // it tries again
            changing.thread().interrupt();
            changing.assertInterrupted();
        }
    }

    @Nested
    class A_lock_of_another_git {
        @Test
        void is_waited_for() throws Exception {
            Path lock = lock(common, OURS, Instant.now());
            String second = "if [ -e '" + temporary.resolve("tried") + "' ]; then rm -f '" + lock + "'; fi";
            patient(Duration.ofHours(1), second, "touch '" + temporary.resolve("tried") + "'")
                    .run("update-ref", OURS, head());
            assertThat(isThere(OURS)).isTrue();
        }

        @Test
        void that_stays_is_told_with_its_file_and_not_removed() throws Exception {
            Path lock = lock(common, OURS, Instant.now().plus(Duration.ofHours(1)));
            assertThatExceptionOfType(NoWorktreeException.class)
                    .isThrownBy(() -> patient(Duration.ofMillis(50)).run("update-ref", OURS, head()))
                    .withMessageContaining("git update-ref failed: '" + lock + "' is there")
                    .withMessageContaining("remove that file");
            assertThat(lock).exists();
        }

        @Test
        void that_was_killed_is_removed_from_a_branch_of_ours() throws Exception {
            Path lock = lock(common, OURS, longAgo());
            patient(Duration.ZERO).run("update-ref", OURS, head());
            assertThat(isThere(OURS)).isTrue();
            assertThat(lock).doesNotExist();
        }

        @Test
        void is_never_removed_from_what_is_the_users() throws Exception {
            Path branch = lock(common, "refs/heads/main", longAgo());
            assertThatExceptionOfType(NoWorktreeException.class)
                    .isThrownBy(() -> patient(Duration.ZERO).run("update-ref", "refs/heads/main", head()))
                    .withMessageContaining(branch.toString());
            repository.git("update-ref", OURS, head());
            Path packed = lock(common, "packed-refs", longAgo());
            assertThatExceptionOfType(NoWorktreeException.class)
                    .isThrownBy(() -> patient(Duration.ZERO).run("update-ref", "-d", OURS))
                    .withMessageContaining(packed.toString());
            Path index = lock(common, "index", longAgo());
            assertThatExceptionOfType(NoWorktreeException.class)
                    .isThrownBy(() -> patient(Duration.ZERO).run("read-tree", "HEAD"))
                    .withMessageContaining(index.toString());
            assertThat(List.of(branch, packed, index)).allMatch(Files::exists);
        }

        @Test
        void that_is_no_lock_at_all_is_told_at_once() throws Exception {
            repository.git("branch", "yardmaster");
            assertThatExceptionOfType(NoWorktreeException.class)
                    .isThrownBy(() -> patient(Duration.ofHours(1)).run("update-ref", OURS, head()))
                    .withMessageContaining("'refs/heads/yardmaster' exists");
        }
    }

    @Nested
    class A_worktree {
        Worktree open() throws Exception {
            Worktrees worktrees = Worktrees.of(Workspace.of(repository.path()));
            return worktrees.open("run", "w", worktrees.snapshot("run", "start"));
        }

        @Test
        void in_which_a_git_was_killed_can_be_worked_in_again() throws Exception {
            Worktree worktree = open();
            Path index = lock(Path.of(worktree.git()), "index", longAgo());
            Path head = lock(Path.of(worktree.git()), "HEAD", longAgo());
            worktree.unlock();
            assertThat(List.of(index, head)).noneMatch(Files::exists);
            new GitFolder(Path.of(worktree.folder())).git("commit", "--quiet", "--allow-empty", "-m", "x");
        }

        @Test
        void that_was_locked_just_now_stays_so() throws Exception {
            Worktree worktree = open();
            Path lock = lock(Path.of(worktree.git()), "index", Instant.now());
            worktree.unlock();
            assertThat(lock).exists();
        }

        @Test
        void in_which_a_process_is_at_work_keeps_its_locks() throws Exception {
            assumeTrue(Files.exists(Path.of("/proc/self/cwd")), "there is no /proc");
            Worktree worktree = open();
            Path lock = lock(Path.of(worktree.git()), "index", longAgo());
            Process commit = new ProcessBuilder("sh", "-c", "echo > " + started + "; read x < " + go)
                    .directory(Path.of(worktree.folder()).toFile())
                    .start();
            started.await();
            worktree.unlock();
            assertThat(lock).exists();
            go.open();
            assertThat(commit.waitFor()).isZero();
            worktree.unlock();
            assertThat(lock).doesNotExist();
        }
    }

    @Nested
    class Two_processes {
        /** Another Java with our classes. */
        Process java(Class<?> program, Object... arguments) throws IOException {
            var line = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    program.getName()));
            for (Object each : arguments) {
                line.add(each.toString());
            }
            return new ProcessBuilder(line).redirectErrorStream(true).start();
        }

        @Test
        void take_turns_and_one_that_dies_lets_go() throws Exception {
            Path file = temporary.resolve("turn");
            Process other = java(TakesATurn.class, file);
            assertThat(other.inputReader().readLine()).isEqualTo("It is mine");
            assertThatExceptionOfType(NoWorktreeException.class)
                    .isThrownBy(() -> FileTurn.on(file, Duration.ofMillis(20)))
                    .withMessageContaining("another process of Yardmaster has locked '" + file + "'");
            Beside<?> waiting = Beside.of(() -> {
                FileTurn.on(file, Duration.ofHours(1)).end();
                return "";
            });
            other.destroyForcibly();
            waiting.task().get();
            FileTurn.on(file, Duration.ZERO).end();
        }

        @Test
        void make_worktrees_in_one_repository_at_once() throws Exception {
            List<Process> both = List.of(
                    java(MakesWorktrees.class, repository.path(), "one"),
                    java(MakesWorktrees.class, repository.path(), "two"));
            for (Process each : both) {
                assertThat(each.inputReader().readLine()).isEqualTo("Ready");
            }
            for (Process each : both) {
                each.outputWriter().append("go\n").flush();
            }
            for (Process each : both) {
                assertThat(each.inputReader().lines()).containsExactly("Done");
                assertThat(each.waitFor()).isZero();
            }
            assertThat(repository.leftovers()).isEmpty();
        }
    }

    /** Has a turn until it is killed. */
    static final class TakesATurn {
        public static void main(String... arguments) throws Exception {
            FileTurn turn = FileTurn.on(Path.of(arguments[0]));
            System.out.println("It is mine");
            System.in.read();
            turn.end();
        }
    }

    /** Makes some, works in them, and merges them. */
    static final class MakesWorktrees {
        public static void main(String... arguments) throws Exception {
            System.out.println("Ready");
            System.in.read();
            Worktrees worktrees = Worktrees.of(Workspace.of(Path.of(arguments[0])));
            String start = worktrees.snapshot(arguments[1], "start");
            for (int i = 0; i < 6; i++) {
                Worktree worktree = worktrees.open(arguments[1], "w" + i, start);
                worktrees.left(worktrees.close(worktree, "Done"));
            }
            worktrees.forget(arguments[1], "start");
            System.out.println("Done");
        }
    }
}
