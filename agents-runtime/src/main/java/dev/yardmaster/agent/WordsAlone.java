package dev.yardmaster.agent;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.model.NoModelException;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.Router;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refers by words, where no dispatcher does. */
final class WordsAlone implements Referral {

    /** What is recorded; it reads as a dispatcher's route. */
    record Found(Match match, Optional<AgentProfile> profile) {}

    private final List<AgentDefinition> agents;
    private @Nullable Router router;

    WordsAlone(List<AgentDefinition> agents) {
        this.agents = List.copyOf(agents);
    }

    /** Made when it is needed first. */
    private synchronized Router router() {
        if (router == null) {
            router = new LexicalRouter(agents);
        }
        return router;
    }

    @Override
    public Referred refer(Request request, NodeContext context) throws Exception {
        Found found = context.step("route", Found.class, request.task(), Effect.READ_ONLY, () -> {
            Match match = router().route(request.task(), name -> request.may().test(name) && canWork(request, name));
            return new Found(match, match.chosen().map(request.profile()));
        });
        return new Referred(found.match(), Spending.none());
    }

    private static boolean canWork(Request request, String name) {
        try {
            request.profile().apply(name);
            return true;
        } catch (NoToolsException | NoModelException e) {
            return false;
        }
    }
}
