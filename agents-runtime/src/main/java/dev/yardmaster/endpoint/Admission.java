package dev.yardmaster.endpoint;

import dev.yardmaster.model.ModelException;
import java.time.Instant;

/** Whether a call may begin. */
public sealed interface Admission {

    /** It may, now. @param pass to be told how it ended */
    record Open(Pass pass) implements Admission {}

    /**
     * It may not for longer than the caller wants to wait here.
     *
     * @param until when it may be tried
     * @param why for people
     */
    record Closed(Instant until, String why) implements Admission {}

    /** A call that was let in. Closed when the call is over; what is not told by then counts as no answer. */
    interface Pass extends AutoCloseable {

        /** It was answered. @param tokens what it took, sent and received */
        void answered(long tokens);

        /** It failed. */
        void failed(ModelException why);

        @Override
        void close();
    }
}
