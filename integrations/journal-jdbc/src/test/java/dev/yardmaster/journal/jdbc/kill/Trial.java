package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.jdbc.Sql;
import dev.yardmaster.journal.jdbc.SqliteJournal;
import dev.yardmaster.run.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** One run of the workflow through all its deaths. */
final class Trial {

    /**
     * What came of it.
     *
     * @param hits where its processes were killed, as far as the journal tells
     * @param troubles what is not as it should be, in words
     * @param state what the run ended with
     * @param syncs how many sync points the last process passed
     */
    record Result(Plan plan, Tally tally, List<Hit> hits, List<String> troubles, String state, int syncs) {}

    /** A kill. @param progress how much of the run was recorded by then, from 0 to 1 */
    record Hit(double progress, Set<Place> places) {}

    private final Plan plan;
    private final Children children;
    private final Path folder;
    private String state = "";
    private int syncs;
    private int kills;
    private boolean killedWaiting;

    private Trial(Plan plan, Children children, Path folder) {
        this.plan = plan;
        this.children = children;
        this.folder = folder;
    }

    /** @param expected the state that a run ends with that nobody kills; empty when that is what is to be found out */
    static Result run(Plan plan, Children children, Path folder, String expected)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return new Trial(plan, children, folder).run(expected);
    }

    private Result run(String expected) throws IOException, InterruptedException {
        var troubles = new ArrayList<String>();
        Optional<Child> standing = Optional.empty();
        try {
            for (Death death : plan.deaths()) {
                Child child = children.take();
                boolean over = live(child, death);
                if (over) {
                    children.giveBack(child);
                    break; // it was through before
                }
                standing = death.kind() == Death.Kind.STANDSTILL ? Optional.of(child) : standing;
            }
            Child last = children.take();
            while (!live(last, Death.never())) {
                last = children.take(); // it was killed while it waited
            }
            children.giveBack(last);
            if (standing.isPresent()) {
                wake(standing.get());
            }
        } catch (IOException e) {
            troubles.add(e.getMessage());
        }
        return judged(expected, troubles);
    }

    private Result judged(String expected, List<String> troubles) {
        List<RunEvent.Recorded> entries = List.of();
        try (Journal journal = journal()) {
            entries = journal.read(KillWorkflow.RUN, 0);
        } catch (YardmasterException e) {
            troubles.add(e.getMessage());
        }
        var audit = new Audit(entries, folder);
        troubles.addAll(audit.troubles());
        if (!expected.isEmpty() && !expected.equals(state)) {
            troubles.add("it ended with '" + state + "'");
        }
        boolean wrong = troubles.size() > audit.lost() + audit.duplicated();
        var tally = new Tally(1, kills, audit.lost(), audit.duplicated(), wrong ? 1 : 0, audit.surfaced());
        return new Result(plan, tally, hits(entries), troubles, state, syncs);
    }

    private Journal journal() {
        return SqliteJournal.builder(folder.resolve("runs.db")).mustExist().open();
    }

    /** @return whether the process lives and the run is over; else it is dead, or stands still */
    private boolean live(Child child, Death death) throws IOException, InterruptedException {
        boolean itself = plan.answers() == Plan.Answers.ITSELF;
        child.begin(new Job(folder, plan.protocol(), death, itself));
        for (String line = child.hear(); ; line = child.hear()) {
            String word = line.contains(" ") ? line.substring(0, line.indexOf(' ')) : line;
            String rest = line.substring(Math.min(line.length(), word.length() + 1));
            switch (word) {
                case "at" -> {
                    die(child, death);
                    return false;
                }
                case "waits" -> {
                    if (plan.answers() == Plan.Answers.WHILE_DEAD && !killedWaiting) {
                        killedWaiting = true;
                        kills++;
                        child.kill();
                        answer();
                        return false;
                    }
                    answer();
                }
                case "done", "stopped" -> state = rest;
                case "syncs" -> syncs = Integer.parseInt(rest);
                case "end" -> {
                    if (death.kind() == Death.Kind.FAILED_SYNC) {
                        kills++;
                        child.kill();
                        return false;
                    }
                    return true;
                }
                default -> throw new IOException("the process says '" + line + "'");
            }
        }
    }

    private void die(Child child, Death death) throws IOException, InterruptedException {
        kills++;
        if (death.kind() == Death.Kind.STANDSTILL) {
            child.stop();
            Sql.run(folder.resolve("runs.db"), "UPDATE owner SET until_wall = 0, until_up = 0");
            return;
        }
        LockSupport.parkNanos(death.micros() * 1_000L);
        child.kill();
    }

    /** A process that stood still while others finished its run goes on. */
    private void wake(Child child) throws IOException, InterruptedException {
        child.goOn();
        for (String line = child.hear(); !line.equals("end"); line = child.hear()) {
            if (line.equals("waits")) {
                break; // for something that nobody will answer any more
            }
        }
        child.kill();
    }

    /** Answers everything that is open, as another process does. */
    private void answer() {
        try (Journal journal = journal()) {
            var view = RunView.of(KillWorkflow.RUN, journal.read(KillWorkflow.RUN, 0));
            for (String question : view.questions().keySet()) {
                var left = journal.requests(KillWorkflow.RUN).answers();
                if (left.stream().noneMatch(answer -> answer.question().equals(question))) {
                    journal.answer(KillWorkflow.RUN, KillWorkflow.answer(question, "another"));
                }
            }
        }
    }

    /** Each owner but the first took the run over from a dead one: what was recorded before is where that one died. */
    private static List<Hit> hits(List<RunEvent.Recorded> entries) {
        var hits = new ArrayList<Hit>();
        long epoch = 1;
        for (RunEvent.Recorded each : entries) {
            if (each.entry().fact() instanceof Fact.RunResumed resumed && resumed.epoch() > epoch) {
                epoch = resumed.epoch();
                List<RunEvent.Recorded> survived = entries.subList(0, (int) each.offset());
                hits.add(new Hit((double) survived.size() / entries.size(), Place.of(survived)));
            }
        }
        return hits;
    }
}
