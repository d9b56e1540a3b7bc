package dev.yardmaster.agent;

import dev.yardmaster.context.Compaction;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads transcripts from what a run recorded: by turn and call, whatever the order in which things were finished. */
final class TranscriptFold {

    private record Key(NodePath at, String scope) {}

    /** The outputs of each agent's steps, by their names without the scope; of a step that was tried again, the last. */
    private final Map<Key, Map<String, Json>> outputs = new LinkedHashMap<>();

    /** What each agent's steps that were begun could change. */
    private final Map<Key, Map<String, Effect>> begun = new HashMap<>();

    TranscriptFold(RunView run) {
        for (RunEvent.Recorded recorded : run.entries()) {
            if (recorded.entry().fact() instanceof Fact.StepStarted step) {
                AgentStep.find(step.step())
                        .ifPresent(named -> begun.computeIfAbsent(
                                        new Key(recorded.entry().at(), named.scope()), key -> new HashMap<>())
                                .put(step.step().substring(named.scope().length()), step.effect()));
            }
            if (recorded.entry().fact() instanceof Fact.StepFinished step
                    && step.output().isPresent()) {
                add(recorded.entry().at(), step.step(), step.output().get());
            }
        }
    }

    private void add(NodePath at, String name, Json output) {
        AgentStep.find(name)
                .ifPresent(step -> outputs.computeIfAbsent(new Key(at, step.scope()), key -> new HashMap<>())
                        .put(name.substring(step.scope().length()), output));
    }

    List<Transcript> transcripts() {
        var found = new ArrayList<Transcript>();
        outputs.forEach((key, steps) -> {
            Json profile = steps.get(AgentStep.agent());
            Json opening = steps.get(AgentStep.opening());
            if (profile != null && opening != null) {
                var who = profile.as(AgentProfile.class);
                found.add(transcript(key, who, steps, opening.as(Opening.class)));
            }
        });
        return found;
    }

    private Transcript transcript(Key key, AgentProfile who, Map<String, Json> steps, Opening opening) {
        var messages = new ArrayList<>(opening.messages());
        var seen = new ArrayList<>(opening.seen());
        for (int turn = 1; steps.containsKey(AgentStep.model(turn)); turn++) {
            Optional.ofNullable(steps.get(AgentStep.user(turn)))
                    .ifPresent(told -> messages.add(told.as(Message.User.class)));
            Optional.ofNullable(steps.get(AgentStep.compaction(turn))).ifPresent(step -> {
                List<Message> shorter = step.as(Compaction.class).of(messages);
                messages.clear();
                messages.addAll(shorter);
            });
            ModelReply replied = steps.get(AgentStep.model(turn)).as(ModelReply.class);
            if (replied.finish() == ModelReply.Finish.CONTEXT_FULL) {
                continue;
            }
            Message.Assistant reply = replied.message();
            messages.add(reply);
            for (int i = 0; i < reply.calls().size(); i++) {
                ToolCall call = reply.calls().get(i);
                String step = AgentStep.call(turn, i + 1);
                ToolResult result = steps.containsKey(step)
                        ? steps.get(step).as(ToolResult.class)
                        : withoutEnd(call, begun.getOrDefault(key, Map.of()).get(step));
                Json hooks = steps.get(AgentStep.hooksAfter(step));
                messages.add(
                        output(call, hooks == null ? result : HookPoints.told(result, hooks.as(HookVerdict.class))));
                if (result instanceof ToolResult.Text text) {
                    seen.addAll(text.seen());
                }
            }
        }
        return new Transcript(who.agent(), who.model(), key.at(), key.scope(), messages, seen);
    }

    /** What a call comes to whose end was never recorded. @param effect null when it was never begun */
    private static ToolResult withoutEnd(ToolCall call, @Nullable Effect effect) {
        if (effect == null) {
            return new ToolResult.Rejected("not run: the work ended before");
        }
        return effect == Effect.READ_ONLY
                ? new ToolResult.Failed("the work ended before it was done; it changes nothing and can be repeated")
                : ToolResult.InDoubt.of(call);
    }

    static Message.ToolOutput output(ToolCall call, ToolResult result) {
        String told = VisibleText.of(result.forModel());
        return new Message.ToolOutput(call.id(), call.name(), told, !result.succeeded(), VisibleText.of(result));
    }
}
