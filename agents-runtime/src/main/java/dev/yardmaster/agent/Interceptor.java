package dev.yardmaster.agent;

import dev.yardmaster.event.Effect;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;

/**
 * Stands around the model replies and tool calls of a runtime's agents: it may look, change what goes in or comes out,
 * answer itself, or refuse. Implementations are thread-safe: calls that only read run in parallel.
 *
 * <p>The first interceptor of a runtime is the outermost. <b>What is recorded is what comes out of it</b>, so what an
 * interceptor takes out of a reply or a result is neither in the journal nor in the transcript. When a run is resumed,
 * recorded replies and results are used as they are and no interceptor sees them again; a reply or call that had not
 * finished may be seen a second time. Retries, waits and meters lie inside: an interceptor sees one call, however often
 * it is tried.
 *
 * <p>An exception that {@code proceed} throws passes through. A {@link dev.yardmaster.event.YardmasterException} of the
 * interceptor's own ends the agent's work with its message; any other is wrapped in an {@link InterceptorException},
 * which does the same: what should have been intercepted never passes by an interceptor that failed.
 */
public interface Interceptor {

    /**
     * Around a model's reply. Blocks.
     *
     * @param request the agent's name, the whole transcript and the tools; a change of it is for this reply only
     * @param next asks the model, through the interceptors further in
     * @return the reply that the agent gets; to refuse, throw
     */
    default ModelReply aroundReply(ModelRequest request, NextReply next) throws Exception {
        return next.proceed(request);
    }

    /**
     * Around a tool call that the policy, or a person, has permitted; others are not run and not seen here. Blocks.
     *
     * @param call as the model made it, and as it was permitted
     * @param next runs the tool, through the interceptors further in
     * @return the result that the agent gets; a {@link ToolResult.Rejected} refuses the call
     */
    default ToolResult aroundCall(ToolCall call, NextCall next) throws Exception {
        return next.proceed(call);
    }

    /** The way on from {@link #aroundReply}. */
    interface NextReply {

        /** The model's full name. */
        String model();

        /** Asks. @throws Exception when there is no reply: pass it on, or answer in its stead */
        ModelReply proceed(ModelRequest request) throws Exception;
    }

    /** The way on from {@link #aroundCall}. */
    interface NextCall {

        /** The name of the agent that calls. */
        String agent();

        /** The tool's own name, which a model may have written in another case or as an alias. */
        String tool();

        /** What repeating the call would do. */
        Effect effect();

        /**
         * Runs it. Arguments that were changed are put to the policy again: they run when it allows them outright, and
         * their effect is no stronger than the one that was recorded; otherwise they are rejected. Nobody is asked.
         *
         * @return the tool's result, failures included
         * @throws IllegalStateException when a call that cannot safely be repeated is run a second time
         * @throws InterruptedException when the run is cancelled
         */
        ToolResult proceed(ToolCall call) throws Exception;
    }
}
