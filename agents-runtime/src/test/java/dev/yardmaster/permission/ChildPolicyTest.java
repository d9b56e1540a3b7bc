package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Grant;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child may never do what its parent may not: random policies, requests made of random parts. */
class ChildPolicyTest {

    private static final int PAIRS = 12_000;

    private static final String[] NAMES = {
        "a.py",
        "src",
        "src/a.py",
        "src/deep/b.py",
        ".env",
        "link-env",
        "link-out",
        "link-out/secret.txt",
        "../out",
        "../out/secret.txt",
        ".git/config",
        "new/file",
        "twin",
        ".",
        "~",
        "/etc/hosts"
    };
    private static final String[] PROGRAMS = {
        "cat",
        "ls",
        "grep -rn x",
        "rm",
        "rm -rf",
        "touch",
        "mkdir -p",
        "cp a.py",
        "echo x >",
        "make",
        "sed -i s/a/b/",
        "python3",
        "git log",
        "git commit -m",
        "find",
        "curl",
        "timeout 5 cat",
        "FOO=1 make",
        "sh -c",
        "xargs rm"
    };
    private static final String[] JOINS = {" && ", " | ", "; ", " || ", "\n", " & "};

    @TempDir
    Path folder;

    private Workspace workspace;
    private final Random random = new Random(20_261_128);

    @BeforeEach
    void make() throws IOException {
        Path root = Files.createDirectory(folder.toRealPath().resolve("ws"));
        Path out = Files.createDirectory(root.resolveSibling("out"));
        Files.createDirectories(root.resolve("src/deep"));
        for (String name : List.of("a.py", "src/a.py", "src/deep/b.py", ".env")) {
            Files.writeString(root.resolve(name), "x");
        }
        Files.writeString(out.resolve("secret.txt"), "x");
        Files.createLink(root.resolve("twin"), out.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("link-out"), out);
        Files.createSymbolicLink(root.resolve("link-env"), Path.of(".env"));
        workspace = Workspace.of(root, Files.createDirectory(root.resolveSibling("further")));
    }

    private String any(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private String specifier(String tool) {
        return switch (tool) {
            case "Read", "Edit" ->
                switch (random.nextInt(6)) {
                    case 0 -> "/" + any(NAMES).replace("../", "");
                    case 1 -> "//" + workspace.root().toString().substring(1) + "/**";
                    case 2 -> "*.py";
                    case 3 -> "src/**";
                    case 4 -> "~/**";
                    default -> any(NAMES).replace("../", "").replace("/etc", "etc");
                };
            case "Bash" ->
                switch (random.nextInt(4)) {
                    case 0 -> command();
                    case 1 -> any(PROGRAMS) + " *";
                    case 2 -> any(PROGRAMS).split(" ")[0] + ":*";
                    default -> "*" + any(NAMES);
                };
            default -> "amount:1*";
        };
    }

    private Rule rule() {
        Behavior behavior = Behavior.values()[random.nextInt(3)];
        String tool = any(new String[] {"Read", "Edit", "Bash", "Bash", "Pay", "Grep", "Write"});
        boolean specified = random.nextInt(4) > 0
                && (tool.matches("Read|Edit|Bash") || tool.equals("Pay") && behavior != Behavior.ALLOW);
        return Rule.parse(behavior, specified ? tool + "(" + specifier(tool) + ")" : tool, "t");
    }

    private Policy policy() {
        Policy policy = Policy.of(Mode.values()[random.nextInt(Mode.values().length)]);
        for (int i = random.nextInt(6); i > 0; i--) {
            policy = policy.with(rule());
        }
        return random.nextInt(8) == 0 ? policy.within(policy()) : policy;
    }

    private String command() {
        var text = new StringBuilder(any(PROGRAMS) + " " + any(NAMES));
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(any(JOINS)).append(any(PROGRAMS)).append(' ').append(any(NAMES));
        }
        return random.nextInt(10) == 0 ? "echo $(" + text + ")" : text.toString();
    }

    private record Request(Tool tool, ToolCall call) {}

    private Request request() {
        String tool = any(new String[] {"Read", "Write", "Edit", "Glob", "Grep", "LS", "Bash", "Bash", "Bash", "Pay"});
        Map<String, Object> arguments = switch (tool) {
            case "Read" -> Map.of("file_path", any(NAMES));
            case "Write" -> Map.of("file_path", any(NAMES), "content", "x");
            case "Edit" -> Map.of("file_path", any(NAMES), "old_string", "a", "new_string", "b");
            case "LS" -> Map.of("path", any(NAMES));
            case "Bash" -> Map.of("command", command());
            case "Pay" -> Map.of("amount", random.nextInt(30));
            default -> Map.of("pattern", "x", "path", any(NAMES));
        };
        Tool found = BuiltinTools.all().find(tool).orElseGet(() -> new PolicyTest.Opaque(tool, Effect.ONCE));
        return new Request(found, new ToolCall("1", tool, Json.of(arguments)));
    }

    @Test
    void lets_nothing_pass_that_the_parent_does_not_whatever_the_rules_and_the_request() {
        int narrowed = 0;
        int allowed = 0;
        for (int i = 0; i < PAIRS; i++) {
            Policy child = policy();
            Policy parent = policy();
            Policy both = child.within(parent);
            for (int each = 0; each < 3; each++) {
                Request request = request();
                List<Access> accesses = request.tool().accesses(request.call(), workspace);
                Behavior ofBoth = behavior(both, request);
                Behavior ofParent = behavior(parent, request);
                Behavior alone = behavior(child, request);
                assertThat(ofBoth)
                        .as(() -> request.call() + " by " + child.describe() + " within " + parent.describe())
                        .isGreaterThanOrEqualTo(ofParent)
                        .isGreaterThanOrEqualTo(alone);
                assertThat(ofBoth).isIn(ofParent, alone); // and not stricter than both
                narrowed += alone.compareTo(ofParent) < 0 ? 1 : 0;
                allowed += ofBoth == Behavior.ALLOW ? 1 : 0;
                noWider(
                        both.grant(request.tool(), accesses, workspace),
                        parent.grant(request.tool(), accesses, workspace));
            }
        }
        assertThat(narrowed).as("requests that only the parent held back").isGreaterThan(3_000);
        assertThat(allowed).as("requests that both let pass").isGreaterThan(3_000);
    }

    private Behavior behavior(Policy policy, Request request) {
        return policy.decide(request.tool(), request.call(), workspace).behavior();
    }

    /** What a call may touch once it runs. */
    private void noWider(Grant child, Grant parent) {
        var touched = new ArrayList<Access>();
        for (String name : List.of(".env", "src/a.py", "link-env", "twin", "src/deep/b.py", "link-out/secret.txt")) {
            ResolvedPath path = workspace.resolve(name);
            touched.add(new Access.Reads(path.written(), path.target()));
            touched.add(new Access.Writes(path.written(), path.target()));
        }
        for (Access access : touched) {
            assertThat(parent.covers(access) || !child.covers(access)).isTrue();
        }
    }
}
