package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.hook.HookEvent;
import dev.yardmaster.hook.HookInput;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.hook.VariableFile;
import dev.yardmaster.model.KnownSecrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks the hooks of one agent, with all that they are told. What it does is recorded by its callers. */
final class HookDesk {

    private final Agent agent;
    private final HookSession session;
    private final WithheldTools withheld;
    private final NodeContext context;
    private final AtomicBoolean toldOfTranscript = new AtomicBoolean();

    HookDesk(Agent agent, HookSession session, WithheldTools withheld, NodeContext context) {
        this.agent = agent;
        this.session = session;
        this.withheld = withheld;
        this.context = context;
    }

    /** @param of what belongs to the event @param step in which the answer is recorded */
    HookVerdict ask(HookEvent event, Hooks asked, Map<String, Object> of, String step) throws InterruptedException {
        var jury = new HookJury(withheld.held(), context, step);
        var unwritten = new ArrayList<HookVerdict.Ran>();
        Json json = told(event, of, unwritten);
        HookVerdict verdict = event == HookEvent.SESSION_START
                ? started(asked, json, jury)
                : asked.ask(new HookInput(event, json, agent.workspace().root(), Map.of(), jury), session.errands());
        for (HookVerdict.Ran each : unwritten) {
            verdict = verdict.with(each);
        }
        return verdict.with(jury.spent());
    }

    /** At the start, commands may leave variables. */
    private HookVerdict started(Hooks asked, Json json, HookJury jury) throws InterruptedException {
        var root = agent.workspace().root();
        VariableFile file;
        try {
            file = session.variableFile();
        } catch (IOException e) {
            return asked.ask(new HookInput(HookEvent.SESSION_START, json, root, Map.of(), jury), session.errands())
                    .with(told("commands were given none, as it cannot be made: " + why(e)));
        }
        HookVerdict verdict = asked.ask(
                new HookInput(HookEvent.SESSION_START, json, root, file.variables(), jury), session.errands());
        try {
            return withoutSecrets(verdict, file.read(root));
        } catch (IOException e) {
            return verdict.with(told("what was written to $" + VariableFile.NAME + " is not used: " + why(e)));
        }
    }

    /** A secret in the environment of every command would be at hand for whoever injects one. */
    private HookVerdict withoutSecrets(HookVerdict verdict, Map<String, String> left) {
        var kept = new TreeMap<String, String>();
        var secret = new TreeMap<String, String>();
        left.forEach((name, value) -> {
            boolean plain =
                    !KnownSecrets.isNamed(name) && context.redacted(value).equals(value);
            (plain ? kept : secret).put(name, value);
        });
        HookVerdict all = verdict.with(kept);
        return secret.isEmpty()
                ? all
                : all.with(told("held back from $" + VariableFile.NAME + ", as secrets: "
                        + String.join(", ", secret.keySet())));
    }

    private static HookVerdict.Ran told(String what) {
        return new HookVerdict.Ran(HookEvent.SESSION_START.spelling(), VariableFile.NAME, what);
    }

    private static String why(IOException e) {
        return FileTrouble.told(e);
    }

    /** @param unwritten is told of what cannot be written, the first time */
    private Json told(HookEvent event, Map<String, Object> of, List<HookVerdict.Ran> unwritten) {
        ObjectNode json = Json.of(of).as(ObjectNode.class);
        json.put("session_id", context.run().toString())
                .put("prompt_id", context.idempotencyKey())
                .put("transcript_path", path(event, session::transcript, unwritten))
                .put("cwd", agent.workspace().root().toString())
                .put("permission_mode", agent.policy().mode().spelling())
                .put("hook_event_name", event.spelling())
                .put("agent_type", agent.name());
        if (agent.post().depth() > 0) {
            json.put("agent_id", context.idempotencyKey());
        }
        if (event == HookEvent.SUBAGENT_STOP) {
            json.put("agent_transcript_path", path(event, session::ownTranscript, unwritten));
        }
        Object effort = agent.definition().extensions().get("effort");
        if (effort != null) {
            json.putObject("effort").put("level", effort.toString());
        }
        return Json.of((JsonNode) json);
    }

    /** Where a file is. */
    @FunctionalInterface
    private interface Written {
        java.nio.file.Path path() throws IOException;
    }

    /** One that cannot be written is not there: the hook is asked all the same, and people are told. */
    private String path(HookEvent event, Written file, List<HookVerdict.Ran> unwritten) {
        try {
            return file.path().toString();
        } catch (IOException e) {
            if (toldOfTranscript.compareAndSet(false, true)) {
                unwritten.add(new HookVerdict.Ran(
                        event.spelling(),
                        "transcript_path",
                        "hooks are asked without a transcript, as it cannot be written: " + why(e)));
            }
            return "";
        }
    }
}
