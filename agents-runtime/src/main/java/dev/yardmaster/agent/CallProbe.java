package dev.yardmaster.agent;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Probe;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a tool call comes to that had started when the process died: its tool is asked whether it happened, and where
 * nobody can tell, the model is told to look before it repeats the call.
 *
 * @param contexts what the tool may use, given what the agent knows of files
 */
record CallProbe(
        PreparedCall prepared,
        BiFunction<Tool, ReadFiles, ToolContext> contexts,
        ReadFiles readFiles,
        CallKeeper keeper)
        implements Probe<ToolResult> {

    @Override
    public Json before() throws InterruptedException {
        Optional<Tool> tool = prepared.reach().tool();
        if (prepared.instead().isPresent() || tool.isEmpty()) {
            return Json.none();
        }
        try {
            return tool.get().beforehand(prepared.call(), contexts.apply(tool.get(), readFiles.forCall()));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Interruption.check(e);
            return Json.none(); // the call itself will say what is wrong
        }
    }

    @Override
    public Verdict<ToolResult> notYet() {
        return new Verdict.Happened<>(ToolResult.InDoubt.of(prepared.call()));
    }

    @Override
    public Verdict<ToolResult> look(Json before) throws InterruptedException {
        Optional<Tool> tool = prepared.reach().tool();
        if (prepared.effect() != Effect.PROBED || tool.isEmpty()) {
            return new Verdict.Happened<>(ToolResult.InDoubt.of(prepared.call()));
        }
        try {
            ReadFiles known = readFiles.forCall();
            Optional<ToolResult> found = tool.get().probe(prepared.call(), before, contexts.apply(tool.get(), known));
            if (found.filter(ToolResult.Text.class::isInstance).isPresent()) {
                keeper.happened(prepared.reach().accesses());
            }
            return found.<Verdict<ToolResult>>map(result -> new Verdict.Happened<>(
                            result instanceof ToolResult.Text text ? text.withSeen(known.sightings()) : result))
                    .orElseGet(Verdict.NotHappened::new);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Interruption.check(e); // who was kept from looking does not know yet
            return new Verdict.Happened<>(ToolResult.InDoubt.of(prepared.call()));
        }
    }
}
