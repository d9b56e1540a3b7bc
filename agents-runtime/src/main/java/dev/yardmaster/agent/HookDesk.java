package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.hook.HookEvent;
import dev.yardmaster.hook.HookInput;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.hook.VariableFile;
import dev.yardmaster.model.KnownSecrets;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks the hooks of one agent, with all that they are told. What it does is recorded by its callers. */
final class HookDesk {

    private final Agent agent;
    private final HookSession session;
    private final NodeContext context;

    HookDesk(Agent agent, HookSession session, NodeContext context) {
        this.agent = agent;
        this.session = session;
        this.context = context;
    }

    /** @param of what belongs to the event @param step in which the answer is recorded */
    HookVerdict ask(HookEvent event, Hooks asked, Map<String, Object> of, String step) throws InterruptedException {
        var jury = new HookJury(agent, context, step);
        Json json = told(event, of);
        HookVerdict verdict = event == HookEvent.SESSION_START
                ? started(asked, json, jury)
                : asked.ask(new HookInput(event, json, agent.workspace().root(), Map.of(), jury), session.errands());
        return verdict.with(jury.spent());
    }

    /** At the start, commands may leave variables. */
    private HookVerdict started(Hooks asked, Json json, HookJury jury) throws InterruptedException {
        var root = agent.workspace().root();
        Optional<VariableFile> file;
        try {
            file = Optional.of(session.variableFile());
        } catch (IOException e) {
            file = Optional.empty();
        }
        Map<String, String> where = file.map(VariableFile::variables).orElse(Map.of());
        HookVerdict verdict =
                asked.ask(new HookInput(HookEvent.SESSION_START, json, root, where, jury), session.errands());
        try {
            return file.isPresent() ? withoutSecrets(verdict, file.get().read(root)) : verdict;
        } catch (IOException e) {
            return verdict.with(told("what was written to $" + VariableFile.NAME + " is not used: " + e.getMessage()));
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

    private Json told(HookEvent event, Map<String, Object> of) {
        ObjectNode json = Json.of(of).as(ObjectNode.class);
        json.put("session_id", context.run().toString())
                .put("prompt_id", context.idempotencyKey())
                .put("transcript_path", path(session::transcript))
                .put("cwd", agent.workspace().root().toString())
                .put("permission_mode", agent.policy().mode().spelling())
                .put("hook_event_name", event.spelling())
                .put("agent_type", agent.name());
        if (agent.post().depth() > 0) {
            json.put("agent_id", context.idempotencyKey());
        }
        if (event == HookEvent.SUBAGENT_STOP) {
            json.put("agent_transcript_path", path(session::ownTranscript));
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

    /** One that cannot be written is not there: the hook is asked all the same. */
    private static String path(Written file) {
        try {
            return file.path().toString();
        } catch (IOException e) {
            return "";
        }
    }
}
