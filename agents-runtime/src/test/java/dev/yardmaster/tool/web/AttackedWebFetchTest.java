package dev.yardmaster.tool.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.permission.AttackRow;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of the attack corpus about fetching. Every name leads to the loopback, which is the worst that a name server can
 * do, and a listener there must never be connected to, whatever the policy lets pass.
 */
class AttackedWebFetchTest {

    private static final Policy ALLOWED =
            Policy.of(Mode.DONT_ASK).with(Rule.allow("WebFetch(domain:allowed.example)", "row"));

    @TempDir
    Path folder;

    /** Numbers as the JDK reads them; every name is this machine. */
    private static InetAddress[] worst(String host) throws UnknownHostException {
        return host.matches("[0-9.]+|\\[.*]")
                ? InetAddress.getAllByName(host)
                : new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
    }

    private static WebFetchTool tool() {
        var limits = new WebClient.Limits(1 << 20, Duration.ofSeconds(10));
        return new WebFetchTool(
                new WebClient(AttackedWebFetchTest::worst, new PublicAddresses(), AttackedWebFetchTest::tls, limits),
                InstantSource.system());
    }

    private static SSLContext tls() {
        try {
            return SSLContext.getDefault();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Decides and, when the decision is yes, fetches. @return what was told when it was not refused before */
    private String fetch(Policy policy, String url) throws Exception {
        WebFetchTool tool = tool();
        Workspace workspace = Workspace.of(folder);
        var call = new ToolCall("1", "WebFetch", Json.of(Map.of("url", url, "prompt", "x")));
        try {
            List<Access> accesses = tool.accesses(call, workspace);
            if (policy.decide(tool, call, accesses, workspace).behavior() != Behavior.ALLOW) {
                return "not permitted";
            }
            var context =
                    new ToolContext(workspace, new ReadFiles(), line -> {}, policy.grant(tool, accesses, workspace));
            return tool.run(call, context).forModel();
        } catch (InvalidArgumentsException e) {
            return "refused: " + e.getMessage();
        }
    }

    @TestFactory
    Stream<DynamicTest> nothing_inside_is_connected_to() throws Exception {
        return AttackRow.of("webfetch").stream()
                .map(row -> DynamicTest.dynamicTest(row.id(), () -> {
                    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
                        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                        listener.configureBlocking(false);
                        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
                        String here = row.input().replaceFirst("^(http://[^/?]*?)(?::[0-9]+)?(?=[/?])", "$1:" + port);
                        for (String url : List.of(row.input(), here)) {
                            for (Policy policy : List.of(ALLOWED, Policy.of(Mode.BYPASS))) {
                                assertThat(fetch(policy, url))
                                        .as(url)
                                        .matches("(?s)(refused: |not permitted|Failed: .* is not on the public web).*");
                            }
                        }
                        assertNobodyCame(listener);
                    }
                }));
    }

    private static void assertNobodyCame(ServerSocketChannel listener) throws IOException {
        try (SocketChannel visitor = listener.accept()) {
            assertThat(visitor).isNull();
        }
    }

    @Test
    void what_is_benign_is_fetched() throws Exception {
        AttackRow row = AttackRow.of("tools").stream()
                .filter(each -> each.id().equals("ctl-file-12"))
                .findFirst()
                .orElseThrow();
        try (LocalWeb web = LocalWeb.start(folder)) {
            web.page("/a", "text/plain", "benign");
            WebFetchTool tool = web.tool();
            Workspace workspace = Workspace.of(folder);
            String url = row.input().replace("allowed.example", "allowed.example:" + web.port());
            var call = new ToolCall("1", "WebFetch", Json.of(Map.of("url", url, "prompt", "x")));
            assertThat(ALLOWED.decide(tool, call, workspace).behavior()).isEqualTo(Behavior.ALLOW);
            assertThat(LocalWeb.run(tool, folder, url).forModel()).endsWith("benign");
        }
    }

    @Test
    void without_a_rule_nothing_is_fetched_where_nobody_is_asked() throws Exception {
        assertThat(fetch(Policy.of(Mode.DONT_ASK), "https://example.org/")).isEqualTo("not permitted");
        for (Mode mode : List.of(Mode.DEFAULT, Mode.ACCEPT_EDITS, Mode.PLAN)) {
            assertThat(fetch(Policy.of(mode), "https://example.org/")).isEqualTo("not permitted");
        }
    }
}
