package dev.yardmaster.cli.command;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.workflow.Workflow;
import java.nio.file.Path;

/** A workflow as it is named on the command line. */
final class WorkflowFile {

    private WorkflowFile() {}

    /** As it was written where that works from here, so that messages name it so. */
    static Workflow read(Caller caller, String file) {
        Path written = Path.of(file);
        Path meant = caller.path(file);
        return Workflow.read(written.toAbsolutePath().equals(meant) ? written : meant);
    }
}
