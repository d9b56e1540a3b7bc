package dev.yardmaster.agent;

import static dev.yardmaster.agent.Bench.WORKER;
import static dev.yardmaster.agent.Bench.script;
import static dev.yardmaster.agent.Bench.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that a rule denies by their bare name. */
class TakenAwayToolsTest {

    @TempDir
    Path workspace;

    Bench bench;

    @BeforeEach
    void bench() {
        bench = new Bench(workspace);
    }

    private List<String> shown(Policy policy) throws Exception {
        var shown = new ArrayList<String>();
        bench.run(bench.runtime(WORKER)
                .policy(policy)
                .model(script("- say: done"))
                .intercept(new Interceptor() {
                    @Override
                    public ModelReply aroundReply(ModelRequest request, NextReply next) throws Exception {
                        request.tools().stream().map(ToolSchema::name).forEach(shown::add);
                        return next.proceed(request);
                    }
                }));
        return shown;
    }

    @Test
    void are_not_told_of_to_the_model() throws Exception {
        Policy policy = Policy.acceptEdits().with(Rule.deny("Bash", "settings"), Rule.deny("Task(*)", "settings"));
        assertThat(shown(policy)).contains("Read", "BashOutput").doesNotContain("Bash", "Agent");
        assertThat(shown(policy.with(Rule.deny("*", "settings")))).isEmpty();
    }

    @Test
    void are_those_of_the_policy_around_it_too() throws Exception {
        Policy inner = Policy.acceptEdits().within(Policy.of(Mode.BYPASS).with(Rule.deny("WebFetch", "above")));
        assertThat(shown(inner)).contains("Read").doesNotContain("WebFetch");
    }

    @Test
    void are_still_seen_when_a_rule_means_only_some_calls() throws Exception {
        Policy policy = Policy.acceptEdits()
                .with(
                        Rule.deny("Bash(rm *)", "settings"),
                        Rule.deny("WebFetch(domain:evil.net)", "settings"),
                        Rule.deny("Read(*.pem)", "settings"),
                        Rule.ask("Write", "settings"));
        assertThat(shown(policy)).contains("Bash", "WebFetch", "Read", "Write");
    }

    @Test
    void are_denied_by_their_rule_when_they_are_called_all_the_same() throws Exception {
        var outcome = bench.run(bench.runtime(WORKER)
                .policy(Policy.of(Mode.BYPASS).with(Rule.deny("Bash", "settings")))
                .model(script("- call: [{Bash: {command: touch a}}, {Nope: {}}]\n- say: done")));
        assertThat(told(outcome)).hasSize(2);
        assertThat(told(outcome).getFirst()).isEqualTo("Rejected: not permitted (Bash, settings): a rule denies it");
        assertThat(told(outcome).getLast())
                .contains("no tool 'Nope'", "Read, Write")
                .doesNotContain("Bash,");
        assertThat(workspace.resolve("a")).doesNotExist();
    }

    @Test
    void are_named_with_their_rule_in_the_profile() {
        var runtime = bench.runtime(WORKER)
                .policy(Policy.acceptEdits().with(Rule.deny("Bash", "settings.json")))
                .model(script("- say: done"))
                .build();
        assertThat(runtime.profile("worker").takenAway()).containsExactly("Bash (deny Bash, settings.json)");
        assertThat(runtime.profile("worker").tools()).doesNotContain("Bash");
        assertThat(runtime.toolsOf(WORKER).names()).doesNotContain("Bash").contains("Read");
    }
}
