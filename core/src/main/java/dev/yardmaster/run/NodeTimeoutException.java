package dev.yardmaster.run;

import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.YardmasterException;
import java.time.Duration;

/** An attempt at a node took longer than its policy lets it, and was interrupted. */
public final class NodeTimeoutException extends YardmasterException {

    NodeTimeoutException(NodePath node, Duration limit) {
        super("'" + node + "' took longer than " + limit.toString().substring(2).toLowerCase(java.util.Locale.ROOT)
                + " and was interrupted; let it take longer with NodePolicy.within(…), or do less in it");
    }

    @Override
    public boolean retryable() {
        return true;
    }
}
