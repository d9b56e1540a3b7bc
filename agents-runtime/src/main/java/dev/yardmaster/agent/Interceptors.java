package dev.yardmaster.agent;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runtime's interceptors in order, the outermost first. Immutable. */
final class Interceptors {

    /** One step of the way in. */
    @FunctionalInterface
    interface Way<I, O> {
        O proceed(I input) throws Exception;
    }

    /** Calls one interceptor with the way on from it. */
    @FunctionalInterface
    private interface Visit<I, O> {
        @Nullable
        O around(Interceptor each, I input, Way<I, O> next) throws Exception;
    }

    private final List<Interceptor> all;

    Interceptors(List<Interceptor> all) {
        this.all = List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    ModelReply reply(String model, ModelRequest request, Way<ModelRequest, ModelReply> last) throws Exception {
        if (all.isEmpty()) {
            return last.proceed(request);
        }
        Visit<ModelRequest, ModelReply> visit =
                (each, input, next) -> each.aroundReply(input, new Interceptor.NextReply() {
                    @Override
                    public String model() {
                        return model;
                    }

                    @Override
                    public ModelReply proceed(ModelRequest changed) throws Exception {
                        return next.proceed(changed);
                    }
                });
        return along(visit, "a reply of " + model + " to agent '" + request.agent() + "'", last)
                .proceed(request);
    }

    ToolResult call(String agent, String tool, Effect effect, ToolCall call, Way<ToolCall, ToolResult> last)
            throws Exception {
        if (all.isEmpty()) {
            return last.proceed(call);
        }
        Visit<ToolCall, ToolResult> visit = (each, input, next) -> each.aroundCall(input, new Interceptor.NextCall() {
            @Override
            public String agent() {
                return agent;
            }

            @Override
            public String tool() {
                return tool;
            }

            @Override
            public Effect effect() {
                return effect;
            }

            @Override
            public ToolResult proceed(ToolCall changed) throws Exception {
                return next.proceed(changed);
            }
        });
        return along(visit, "a call of " + tool + " by agent '" + agent + "'", last)
                .proceed(call);
    }

    /** The way through all of them, built from its end. */
    private <I, O> Way<I, O> along(Visit<I, O> visit, String around, Way<I, O> last) {
        Way<I, O> way = last;
        for (Interceptor each : all.reversed()) {
            Way<I, O> next = way;
            way = input -> visited(visit, each, around, input, next);
        }
        return way;
    }

    private static <I, O> O visited(Visit<I, O> visit, Interceptor each, String around, I input, Way<I, O> next)
            throws Exception {
        var tracked = new Tracked<>(next);
        O output;
        try {
            output = visit.around(each, input, tracked);
        } catch (InterruptedException | YardmasterException e) {
            throw e;
        } catch (Exception e) {
            throw e == tracked.thrown ? e : new InterceptorException(each, around, e);
        }
        if (output == null) {
            throw new InterceptorException(each, around, "returned null instead of a result");
        }
        return output;
    }

    /** The way on, which remembers what came back as an exception: that is none of the interceptor's own. */
    private static final class Tracked<I, O> implements Way<I, O> {

        private final Way<I, O> next;
        private volatile @Nullable Exception thrown;

        private Tracked(Way<I, O> next) {
            this.next = next;
        }

        @Override
        public O proceed(I input) throws Exception {
            try {
                return next.proceed(input);
            } catch (Exception e) {
                thrown = e;
                throw e;
            }
        }
    }
}
