package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.SpentJson;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.run.RunView;
import java.io.PrintStream;

/** A run of the list for programs: where it stands, and what it has used up. */
final class RunJson {

    private RunJson() {}

    static void write(PrintStream out, Journal journal, RunSummary run) {
        RunId id = run.id();
        RunView view = RunView.of(id, journal.read(id, 0));
        SpentJson.run(out, view, RunsCommand.word(run), Errand.task(run), run.since());
    }
}
