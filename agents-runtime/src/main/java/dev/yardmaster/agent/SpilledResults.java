package dev.yardmaster.agent;

import dev.yardmaster.context.Shorter;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.media.Showing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps what is too long to be told in files, and tells where it is: the beginning, the end, and a pointer to the whole,
 * which the agent may read. What is kept is what would have been recorded: without the secrets that are taken out of that.
 *
 * @param records beside which the files are: in a folder that is made when there is something to keep, for this user alone
 */
record SpilledResults(CommandRecords records, NodeContext context) {

    /** What is told of a result that is too long, in characters. */
    private static final int TOLD = 12_000;

    /** A little more than the limit is told all the same: a pointer to it would gain nothing. */
    private static final int SLACK = 2_000;

    private static final int NAME = 24;

    /**
     * The result as it is to be told and recorded.
     *
     * @param step the call's
     * @throws InterruptedException when it is interrupted while something that it shows is made smaller
     */
    ToolResult of(Tool tool, String step, ToolResult result) throws InterruptedException {
        return switch (result) {
            case ToolResult.Text text -> {
                ToolResult.Text fit = Showing.fit(text);
                yield isShort(tool, fit.text()) ? fit : fit.withText(told(step, fit.text()));
            }
            case ToolResult.Failed failed ->
                isShort(tool, failed.why()) ? failed : new ToolResult.Failed(Shorter.of(failed.why(), TOLD));
            case ToolResult.Rejected rejected -> rejected;
            case ToolResult.InDoubt doubt -> doubt;
        };
    }

    private static boolean isShort(Tool tool, String text) {
        return text.length() - SLACK <= tool.longestResult();
    }

    private String told(String step, String text) {
        String key = Json.of(context.idempotencyKey() + "/" + step).sha256().substring(0, NAME);
        Path file = records.results(context).resolve(key + ".txt");
        try {
            keep(file, context.redacted(text));
            return Shorter.of(text, TOLD) + Shorter.pointer(file, text);
        } catch (IOException e) {
            return Shorter.of(text, TOLD) + "\n[what is left out could not be kept: " + FileTrouble.of(e) + "]";
        }
    }

    private void keep(Path file, String text) throws IOException {
        OwnFolder.make(file.getParent());
        Files.deleteIfExists(file); // left by an attempt that a crash interrupted, perhaps by somebody else
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }
}
