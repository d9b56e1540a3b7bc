package dev.yardmaster.agent;

import dev.yardmaster.context.ContextPolicy;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.hook.Hook;
import dev.yardmaster.hook.HookAnswer;
import dev.yardmaster.hook.HookEvent;
import dev.yardmaster.hook.HookReader;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.knowledge.Knowledge;
import dev.yardmaster.permission.Decision.Behavior;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What agents find around them that is neither theirs nor a tool.
 *
 * @param hooks of the application and of its settings
 * @param knowledge what they are handed
 * @param trusted which agents' files may have hooks of their own run
 * @param context how conversations are kept inside their models' windows
 * @param people whether a person is there to approve calls
 */
record Surroundings(
        Hooks hooks, Predicate<AgentDefinition> trusted, Knowledge knowledge, ContextPolicy context, boolean people) {

    Surroundings(Hooks hooks, Predicate<AgentDefinition> trusted, Knowledge knowledge, ContextPolicy context) {
        this(hooks, trusted, knowledge, context, true);
    }

    /** Nothing of hooks and knowledge, and nobody. */
    Surroundings bare() {
        return new Surroundings(Hooks.none(), agent -> false, Knowledge.none(), context, false);
    }

    /** What an agent's work is hooked at. @param depth how many agents it works for, one above the other */
    Hooks hooksOf(AgentDefinition definition, int depth) {
        Optional<Object> own = definition.hooks();
        if (own.isEmpty() || !trusted.test(definition)) {
            return hooks;
        }
        Hook[] all = HookReader.ofFile(own.get(), definition.source()).hooks().all().stream()
                .flatMap(hook -> atBothStops(depth == 0 ? hook : neverWidening(hook)))
                .toArray(Hook[]::new);
        return hooks.and(Hooks.of(all));
    }

    /** A file does not know whom its agent works for: what it says of one stop is meant for the other, too. */
    private static Stream<Hook> atBothStops(Hook hook) {
        return hook.event() == HookEvent.STOP || hook.event() == HookEvent.SUBAGENT_STOP
                ? Stream.of(HookEvent.STOP, HookEvent.SUBAGENT_STOP)
                        .map(event -> new Hook(
                                event, hook.matcher(), hook.condition(), hook.handler(), hook.counts(), hook.source()))
                : Stream.of(hook);
    }

    /** The hooks of one who works for another do not let run what that one's policy asks for. */
    private static Hook neverWidening(Hook hook) {
        return new Hook(
                hook.event(),
                hook.matcher(),
                hook.condition(),
                input -> withoutAllow(hook.handler().run(input)),
                hook.counts(),
                hook.source());
    }

    private static HookAnswer withoutAllow(HookAnswer answer) {
        return answer.behavior().filter(each -> each == Behavior.ALLOW).isEmpty()
                ? answer
                : new HookAnswer(
                        Optional.empty(),
                        "",
                        answer.input(),
                        answer.context(),
                        answer.output(),
                        answer.stop(),
                        answer.message(),
                        answer.failure());
    }
}
