package dev.yardmaster.graph;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.YardmasterException;
import java.util.stream.Collectors;

/** A graph driven to its end on the caller's thread, inside another node. */
final class InlineRun {

    private InlineRun() {}

    static Update of(Graph graph, State state, NodeContext context) throws Exception {
        State input = state.asInput(); // the paths in here may be those of nodes outside
        var progress = Progress.first(graph, input);
        for (var ready = progress.ready(); !ready.isEmpty(); ready = progress.ready()) {
            for (Execution execution : ready) {
                Update update = execution.body().isPresent()
                        ? execution
                                .body()
                                .get()
                                .run(
                                        execution.input(),
                                        new InlineContext(
                                                context.scope(execution.path().value()), execution.arrivedFrom()))
                        : Update.none();
                execution.check(update);
                progress.complete(execution, update, execution.choose(update));
            }
        }
        return progress.result().orElseThrow(() -> failed(progress)).since(input);
    }

    private static YardmasterException failed(Progress progress) {
        return new YardmasterException(
                progress.failures().stream().map(Failure::message).collect(Collectors.joining("\n")));
    }
}
