package dev.yardmaster.agent;

import dev.yardmaster.event.YardmasterException;

/** An interceptor failed; the agent's work ended there, because what it was to intercept must not pass by it. */
public final class InterceptorException extends YardmasterException {

    private final String interceptor;

    InterceptorException(Interceptor interceptor, String around, String problem) {
        super(message(interceptor, around, problem));
        this.interceptor = interceptor.getClass().getName();
    }

    InterceptorException(Interceptor interceptor, String around, Exception cause) {
        super(message(interceptor, around, "failed: " + cause), cause);
        this.interceptor = interceptor.getClass().getName();
    }

    private static String message(Interceptor interceptor, String around, String problem) {
        return "interceptor '" + interceptor.getClass().getName() + "' around " + around + " " + problem
                + "; mend it, or take it out of the runtime";
    }

    /** The class of the interceptor that failed. */
    public String interceptor() {
        return interceptor;
    }
}
