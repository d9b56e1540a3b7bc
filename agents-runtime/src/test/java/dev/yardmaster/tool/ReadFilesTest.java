package dev.yardmaster.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadFilesTest {

    static final Path A = Path.of("a.txt").toAbsolutePath();
    static final Path B = Path.of("b.txt").toAbsolutePath();

    final ReadFiles agent = new ReadFiles();

    @Test
    void a_call_knows_what_was_seen_before_it_and_lists_only_what_it_sees_itself() {
        agent.saw(A, "1");
        ReadFiles call = agent.forCall();
        assertThat(call.find(A)).contains("1");
        assertThat(call.sightings()).isEmpty();
        call.saw(B, "2");
        assertThat(call.sightings()).containsExactly(new Sighting.Whole(B.toString(), "2"));
    }

    @Test
    void what_a_call_sees_is_not_seen_by_the_agent_or_by_calls_beside_it_until_it_is_added() {
        agent.saw(A, "1");
        ReadFiles one = agent.forCall();
        ReadFiles other = agent.forCall();
        one.saw(B, "2");
        assertThat(List.of(agent, other))
                .allSatisfy(each -> assertThat(each.find(B)).isEmpty());
        one.sightings().forEach(agent::add);
        assertThat(agent.find(B)).contains("2");
        assertThat(other.find(B)).isEmpty();
    }

    @Test
    void a_call_under_way_does_not_see_what_is_added_meanwhile() {
        ReadFiles call = agent.forCall();
        agent.saw(A, "1");
        assertThat(call.find(A)).isEmpty();
        assertThat(agent.sawWhole(A)).isTrue();
    }
}
