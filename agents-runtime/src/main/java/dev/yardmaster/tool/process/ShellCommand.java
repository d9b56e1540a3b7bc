package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command for bash, to run in the root of a workspace.
 *
 * @param variables that are set beside those that every command gets
 */
public record ShellCommand(String text, Workspace workspace, Sandbox sandbox, Map<String, String> variables) {

    public ShellCommand {
        variables = Map.copyOf(variables);
    }

    /**
     * Begins it.
     *
     * @param folder where it leaves what becomes of it; fresh
     * @throws dev.yardmaster.event.YardmasterException when a sandbox is required and there can be none
     */
    public RunningCommand start(CommandFolder folder) throws IOException {
        Containment here = Containment.here();
        return start(here.cell(sandbox), here.memoryGroups(), folder);
    }

    RunningCommand start(Cell cell, Optional<MemoryGroups> groups, CommandFolder folder) throws IOException {
        // "--": a command may begin with "-"
        List<String> line = cell.line(List.of("bash", "-c", "--", text), workspace, sandbox);
        return RunningCommand.start(this, new Enclosure(cell, groups), line, folder);
    }
}
