package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunSummary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Going another way from some point of a run. */
@Command(
        name = "fork",
        header = "Start a run that begins as a copy of another",
        description = {
            "It takes over what was recorded up to an entry, and goes on by itself from there; the first run stays as it is."
                    + " The workspace is not copied: it is as it is now.",
            "",
            "Example:",
            "  yardmaster fork k3v9qz --at 17"
        })
final class ForkCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Mixin
    private Trusting trusting = new Trusting();

    @Parameters(paramLabel = "RUN", description = "Its name, how that ends, or 'last'")
    private String name = "";

    @Option(
            names = "--at",
            paramLabel = "N",
            required = true,
            description = "The last entry that is taken over; 'show RUN --entries' numbers them")
    private long at;

    @Option(names = "--json", description = "One JSON object a line for every event, the result last (docs/json.md)")
    private boolean json;

    ForkCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        Journal journal = Store.existing(common.caller());
        try {
            RunSummary run = Store.find(journal, name);
            int entries = journal.read(run.id(), 0).size();
            if (at < 0 || at >= entries) {
                throw new UsageException("--at: run '" + run.id() + "' has the entries 0 to " + (entries - 1)
                        + ", and no " + at + "; 'yardmaster show " + run.id() + " --entries' lists them");
            }
            Errand call = Errand.of(run).withFilesAsTheyAre(common.caller());
            Recording recording = Recording.forked(common.caller(), journal, run.id(), at, call);
            return ResumeCommand.goOn(common, trusting, call, recording, json);
        } finally {
            journal.close();
        }
    }
}
