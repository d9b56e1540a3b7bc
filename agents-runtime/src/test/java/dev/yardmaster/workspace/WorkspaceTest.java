package dev.yardmaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.yardmaster.event.YardmasterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @TempDir
    Path folder;

    Path root;
    Path out;
    Workspace workspace;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("ws"));
        out = Files.createDirectory(root.resolveSibling("out"));
        Files.createDirectory(root.resolveSibling("ws-evil"));
        Files.createDirectory(root.resolve("sub"));
        Files.writeString(root.resolve("a.txt"), "hello");
        Files.writeString(out.resolve("secret.txt"), "CANARY");
        workspace = Workspace.of(root);
    }

    Path target(String path) {
        return workspace.resolve(path).target();
    }

    @Nested
    class A_path {
        @Test
        void is_relative_to_the_root_or_absolute() {
            assertThat(target("a.txt")).isEqualTo(root.resolve("a.txt"));
            assertThat(target("./sub/../a.txt")).isEqualTo(root.resolve("a.txt"));
            assertThat(target(root + "/a.txt")).isEqualTo(root.resolve("a.txt"));
            assertThat(target("~/x")).isEqualTo(Path.of(System.getProperty("user.home"), "x"));
            assertThat(target("~x")).isEqualTo(root.resolve("~x"));
        }

        @Test
        void may_hold_odd_characters_that_can_be_seen() {
            for (String name :
                    new String[] {"100% done.txt", "naïve-日本語 file.txt", "a'b\"c", "$(x)", "a..b", "..a", "😀"}) {
                assertThat(target("sub/" + name)).isEqualTo(root.resolve("sub").resolve(name));
            }
        }

        @Test
        void is_followed_as_the_kernel_does_it() throws IOException {
            Files.createSymbolicLink(root.resolve("ln"), out);
            assertThat(target("ln/../a.txt")).isEqualTo(root.resolveSibling("a.txt"));
            assertThat(workspace.contains(target("ln/../a.txt"))).isFalse();
        }

        @Test
        void that_leads_out_is_seen_for_what_it_is() throws IOException {
            Files.createSymbolicLink(root.resolve("chain1"), Path.of("chain2"));
            Files.createSymbolicLink(root.resolve("chain2"), out);
            Files.createSymbolicLink(root.resolve("dangling"), out.resolve("new"));
            Files.createSymbolicLink(root.resolve("sub/up"), Path.of("../.."));
            for (String path : new String[] {
                "../out/secret.txt",
                "sub//..//..//out//secret.txt",
                root + "/../out/secret.txt",
                out + "/secret.txt",
                "chain1/secret.txt",
                "dangling",
                "sub/up/out/secret.txt",
                "../ws-evil/x",
                root + "-evil/x",
                "/proc/self/root" + out
            }) {
                assertThat(workspace.contains(target(path))).as(path).isFalse();
            }
        }

        @Test
        void that_looks_like_climbing_to_others_is_a_name_here() {
            for (String path :
                    new String[] {"..\\out\\secret.txt", "．．/out/secret.txt", "‥/out/secret.txt", "file:" + out}) {
                assertThat(workspace.contains(target(path))).as(path).isTrue();
            }
        }

        @Test
        void keeps_the_name_of_a_link_whose_name_holds_two_dots() throws IOException {
            Files.createSymbolicLink(root.resolve("a..b"), root.resolve("a.txt"));
            assertThat(workspace.resolve("a..b"))
                    .isEqualTo(new ResolvedPath(root.resolve("a..b"), root.resolve("a.txt")));
        }

        @Test
        void that_goes_round_in_links_is_refused() throws IOException {
            Files.createSymbolicLink(root.resolve("x"), Path.of("y"));
            Files.createSymbolicLink(root.resolve("y"), Path.of("x"));
            assertThatExceptionOfType(UnusablePathException.class)
                    .isThrownBy(() -> target("x/z"))
                    .withMessageContaining("goes round in links");
        }

        @Test
        void is_shown_relative_to_the_root() {
            assertThat(workspace.shown(root.resolve("sub/x"))).isEqualTo("sub/x");
            assertThat(workspace.shown(out)).isEqualTo(out.toString());
            assertThat(workspace.shown(root)).isEqualTo(root.toString());
        }
    }

    @Nested
    class A_workspace {
        @Test
        void is_an_existing_folder() {
            assertThatExceptionOfType(YardmasterException.class)
                    .isThrownBy(() -> Workspace.of(root.resolve("nope")))
                    .withMessageContaining("does not exist; name an existing folder");
            assertThatExceptionOfType(YardmasterException.class)
                    .isThrownBy(() -> Workspace.of(root.resolve("a.txt")))
                    .withMessageContaining("is not a folder");
        }

        @Test
        void may_be_named_through_a_link() throws IOException {
            Files.createSymbolicLink(root.resolveSibling("alias"), root);
            Workspace same = Workspace.of(root.resolveSibling("alias"));
            assertThat(same.root()).isEqualTo(root);
            assertThat(same.contains(same.resolve(root.resolveSibling("alias") + "/a.txt")
                            .target()))
                    .isTrue();
        }
    }

    @Nested
    class A_path_that_is_switched {

        final AtomicBoolean done = new AtomicBoolean();

        Thread flip(Path name, Path one, Path other) {
            return Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    for (Path each : new Path[] {one, other}) {
                        try {
                            Files.move(name, root.resolve("away"), StandardCopyOption.ATOMIC_MOVE);
                            Files.move(each, name, StandardCopyOption.ATOMIC_MOVE);
                            Files.move(name, each, StandardCopyOption.ATOMIC_MOVE);
                            Files.move(root.resolve("away"), name, StandardCopyOption.ATOMIC_MOVE);
                        } catch (IOException e) {
                            Thread.yield(); // a file made under the name meanwhile
                        }
                    }
                }
            });
        }

        /** So many times, or for as long as a race is worth: a slow disk has fewer of them. */
        void attempts(int count, Attempt attempt) throws IOException {
            long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
            for (int i = 0; i < count && System.nanoTime() < end; i++) {
                try {
                    attempt.run(i);
                } catch (UnusablePathException | IOException e) {
                    Thread.yield(); // to refuse is fine
                }
            }
        }

        interface Attempt {
            void run(int number) throws IOException;
        }

        @Test
        @Timeout(60)
        void never_leads_out_for_reading() throws Exception {
            Path name = Files.writeString(root.resolve("t.txt"), "inside");
            Path link = Files.createSymbolicLink(root.resolve("link"), out.resolve("secret.txt"));
            Thread flipper = flip(name, link, link);
            try {
                attempts(10_000, number -> {
                    ResolvedPath path = workspace.resolve("t.txt");
                    if (workspace.contains(path.target())) {
                        assertThat(new String(workspace.read(path, 100), StandardCharsets.UTF_8))
                                .isNotEqualTo("CANARY");
                    }
                });
            } finally {
                done.set(true);
                flipper.join();
            }
        }

        /** Exchanges two names in one move, over and over: neither is ever missing. Java cannot; Linux can. */
        static final String EXCHANGE = """
                import ctypes, sys
                libc = ctypes.CDLL(None, use_errno=True)
                one, other = sys.argv[1].encode(), sys.argv[2].encode()
                def exchange():
                    return libc.renameat2(-100, one, -100, other, 2) == 0
                print('able' if exchange() else 'unable', flush=True)
                while exchange():
                    pass
                """;

        @Test
        @Timeout(120)
        void never_leads_out_for_making_folders() throws Exception {
            Path name = Files.createDirectory(root.resolve("d"));
            Path link = Files.createSymbolicLink(root.resolve("link"), out);
            Process exchanger = new ProcessBuilder("python3", "-c", EXCHANGE, name.toString(), link.toString())
                    .redirectErrorStream(true)
                    .start();
            var made = new AtomicInteger();
            try {
                String able = exchanger.inputReader().readLine();
                assumeThat(able).as("python3 exchanges two names here").isEqualTo("able");
                attempts(5_000, number -> {
                    PinnedFolder.making(root, name.resolve("new" + number)).close();
                    made.incrementAndGet();
                });
            } finally {
                exchanger.destroyForcibly().waitFor();
            }
            assertThat(made.get()).as("folders that were made").isPositive();
            try (var files = Files.list(out)) {
                assertThat(files).containsExactly(out.resolve("secret.txt"));
            }
            try (var files = Files.list(root)) {
                assertThat(files.filter(each -> each.toString().endsWith(".tmp")))
                        .isEmpty();
            }
        }

        @Test
        @Timeout(120)
        void never_leads_out_for_looking_through() throws Exception {
            Path name = Files.createDirectory(root.resolve("d"));
            Files.writeString(name.resolve("secret.txt"), "inside");
            Path link = Files.createSymbolicLink(root.resolve("link"), out);
            Process exchanger = new ProcessBuilder("python3", "-c", EXCHANGE, name.toString(), link.toString())
                    .redirectErrorStream(true)
                    .start();
            int read = 0;
            try {
                String able = exchanger.inputReader().readLine();
                assumeThat(able).as("python3 exchanges two names here").isEqualTo("able");
                for (int i = 0; i < 20_000 && (i < 3_000 || read == 0); i++) {
                    try (PinnedFolder top = workspace.openFolder(new ResolvedPath(root, root));
                            PinnedFolder below = top.enter(Path.of("d"));
                            var file = below.open(Path.of("secret.txt"))) {
                        var bytes = java.nio.ByteBuffer.allocate(100);
                        file.read(bytes);
                        assertThat(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8))
                                .isEqualTo("inside");
                        read++;
                    } catch (IOException e) {
                        Thread.onSpinWait(); // to refuse is fine
                    }
                }
            } finally {
                exchanger.destroyForcibly().waitFor();
            }
            assertThat(read).as("files that were read").isPositive();
        }

        @Test
        @Timeout(120)
        void never_leads_out_for_writing() throws Exception {
            Path name = Files.createDirectory(root.resolve("d"));
            Path link = Files.createSymbolicLink(root.resolve("link"), out);
            Thread flipper = flip(name, link, link);
            try {
                attempts(2_000, number -> {
                    ResolvedPath path = workspace.resolve("d/t.txt");
                    if (workspace.contains(path.target())) {
                        workspace.write(path, new byte[] {'x'});
                    }
                });
            } finally {
                done.set(true);
                flipper.join();
            }
            try (var files = Files.list(out)) {
                assertThat(files).containsExactly(out.resolve("secret.txt"));
            }
            assertThat(out.resolve("secret.txt")).hasContent("CANARY");
        }
    }

    @Test
    void folders_on_the_way_are_made_as_others_are_made_here() throws Exception {
        Path usual = Files.createDirectory(root.resolve("usual"));
        workspace.write(workspace.resolve("one/two/a.txt"), new byte[] {'x'});
        assertThat(root.resolve("one/two/a.txt")).hasContent("x");
        assertThat(Files.getPosixFilePermissions(root.resolve("one/two")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void many_may_make_the_same_folder_at_once() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new java.util.ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 64; i++) {
                ResolvedPath path = workspace.resolve("same/folder/" + i % 8 + "/" + i);
                writing.add(threads.submit(() -> {
                    workspace.write(path, new byte[] {'x'});
                    return path;
                }));
            }
            for (var each : writing) {
                each.get();
            }
        }
        try (var files = Files.walk(root.resolve("same"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(64);
        }
    }

    @Test
    void a_link_where_a_folder_is_to_be_made_is_told() throws IOException {
        Files.createSymbolicLink(root.resolve("gone"), root.resolve("nowhere"));
        ResolvedPath path = new ResolvedPath(root.resolve("gone/a.txt"), root.resolve("nowhere/a.txt"));
        workspace.write(path, new byte[] {'x'}); // the link is followed before it is decided about
        assertThat(root.resolve("nowhere/a.txt")).hasContent("x");
        Files.writeString(root.resolve("file"), "x");
        assertThatExceptionOfType(UnusablePathException.class)
                .isThrownBy(() -> workspace.write(workspace.resolve("file/below/a.txt"), new byte[0]))
                .withMessageContaining("'file' is not a folder");
    }

    @Test
    void further_folders_count_as_inside() throws IOException {
        Workspace both = Workspace.of(root, out);
        assertThat(both.contains(
                        both.resolve(out.resolve("secret.txt").toString()).target()))
                .isTrue();
        assertThat(both.shown(out.resolve("secret.txt")))
                .isEqualTo(out.resolve("secret.txt").toString());
        both.write(both.resolve(out.resolve("new/a.txt").toString()), new byte[] {'x'});
        assertThat(out.resolve("new/a.txt")).hasContent("x");
        assertThat(both.root()).isEqualTo(root);
    }

    @Test
    void a_path_that_leads_elsewhere_by_now_is_refused() throws IOException {
        ResolvedPath path = workspace.resolve("a.txt");
        Files.delete(root.resolve("a.txt"));
        Files.createSymbolicLink(root.resolve("a.txt"), out.resolve("secret.txt"));
        assertThatExceptionOfType(UnusablePathException.class)
                .isThrownBy(() -> workspace.read(path, 100))
                .withMessageContaining("leads elsewhere than a moment ago");
        assertThatExceptionOfType(UnusablePathException.class).isThrownBy(() -> workspace.write(path, new byte[0]));
        assertThat(out.resolve("secret.txt")).hasContent("CANARY");
    }

    @Test
    void a_file_is_either_the_old_or_the_new_one_at_any_moment() throws Exception {
        byte[] one = "1".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        byte[] two = "2".repeat(300_000).getBytes(StandardCharsets.UTF_8);
        ResolvedPath path = workspace.resolve("a.txt");
        workspace.write(path, one);
        var done = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < 50; i++) {
                    workspace.write(path, i % 2 == 0 ? two : one);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                done.set(true);
            }
        });
        while (!done.get()) {
            assertThat(Files.readAllBytes(root.resolve("a.txt"))).isIn(one, two);
        }
        writer.join();
    }
}
