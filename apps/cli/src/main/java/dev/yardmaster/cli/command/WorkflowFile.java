package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.RunId;
import dev.yardmaster.workflow.Workflow;
import java.nio.file.Path;

/**
 * A workflow as it is named on the command line.
 *
 * @param file as it was written
 * @param hash of its text when it was run
 */
record WorkflowFile(String file, String hash) {

    /** As it was written where that works from here, so that messages name it so. */
    static Workflow read(Caller caller, String file) {
        Path written = Path.of(file);
        Path meant = caller.path(file);
        return Workflow.read(written.toAbsolutePath().equals(meant) ? written : meant);
    }

    /** @throws UsageException when it is another one by now */
    void checkSame(Caller caller, RunId run) {
        if (!read(caller, file).hash().equals(hash)) {
            throw new UsageException("the workflow '" + file + "' has changed since run '" + run
                    + "' was started with it. Put it back as it was, run it anew, or go on with it as it is now: yardmaster"
                    + " resume " + run + " --allow-changed");
        }
    }
}
