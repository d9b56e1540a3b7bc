package dev.yardmaster.journal.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A part of what {@code integrations/journal-jdbc/kills} does: processes are killed while a run with real effects goes
 * on, and the next ones resume it.
 */
@Timeout(600)
class KillTest {

    @TempDir
    static Path folder;

    private static Campaign campaign;

    @BeforeAll
    static void run_it_once_without_killing_anybody() throws Exception {
        campaign = Campaign.in(folder, 2);
    }

    @AfterAll
    static void end() throws Exception {
        campaign.close();
    }

    @Test
    void the_run_that_nobody_kills_does_everything() {
        assertThat(campaign.state())
                .contains("\"asked: yes\"", "\"said\":\"Done.\"", "\"results\":[\"a!\",\"b!\",\"c!\"]");
        assertThat(campaign.syncs()).isGreaterThan(120);
    }

    @Test
    void nothing_is_lost_repeated_or_wrong_after_sixty_kills() throws Exception {
        int points = campaign.syncs();
        var plans = new ArrayList<Plan>();
        plans.addAll(Plans.atSyncPoints(points, 5, points / 10)); // 20 kills and more
        plans.addAll(Plans.duringRecovery(points, 11, points / 5)); // 10
        List<Trial.Result> results = new ArrayList<>(campaign.run(plans, Integer.MAX_VALUE));
        plans = new ArrayList<>();
        for (Plan.Answers answers : Plan.Answers.values()) {
            plans.add(Plan.of(Death.after(points / 2)).answeredBy(answers));
        }
        results.addAll(campaign.run(plans, Integer.MAX_VALUE));
        results.addAll(campaign.run(
                Plans.random(20260301, points), 60 - Campaign.sum(results).kills()));
        checkClean(results);
        assertThat(Campaign.sum(results).kills()).isGreaterThanOrEqualTo(60);
        assertThat(places(results))
                .containsAll(EnumSet.of(
                        Place.FAN_OUT,
                        Place.ELEMENTS,
                        Place.SUBGRAPH,
                        Place.WAITING,
                        Place.TURN,
                        Place.PARALLEL_CALLS));
    }

    private static Set<Place> places(List<Trial.Result> results) {
        var places = EnumSet.noneOf(Place.class);
        results.forEach(result -> result.hits().forEach(hit -> places.addAll(hit.places())));
        return places;
    }

    @Test
    void a_process_that_stood_still_does_nothing_more_when_others_have_taken_over() throws Exception {
        int points = campaign.syncs();
        checkClean(campaign.run(Plans.standingStill(points, 10, points / 4), Integer.MAX_VALUE));
    }

    @Test
    void what_could_not_be_made_durable_counts_as_not_begun() throws Exception {
        int points = campaign.syncs();
        checkClean(campaign.run(Plans.failedSyncs(points, 10, points / 4), Integer.MAX_VALUE));
    }

    private static void checkClean(List<Trial.Result> results) {
        assertThat(results)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.troubles())
                        .as(
                                "again: integrations/journal-jdbc/kills --only %s",
                                result.plan().name())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MutantJournal.RECORD_AFTER,
                MutantJournal.RECORD_BEFORE,
                MutantJournal.NO_EPOCH,
                MutantJournal.SWALLOWED_SYNC
            })
    void a_protocol_that_is_wrong_is_caught(String mutant) throws Exception {
        var caught = Tally.none();
        for (Plan plan : Plans.against(mutant, campaign.syncs(), 1)) {
            if (caught.lost() + caught.duplicated() == 0) {
                caught = caught.plus(campaign.run(plan).tally());
            }
        }
        int harm = mutant.equals(MutantJournal.RECORD_BEFORE) ? caught.lost() : caught.duplicated();
        assertThat(harm).as("what %s did: %s", mutant, caught).isPositive();
    }
}
