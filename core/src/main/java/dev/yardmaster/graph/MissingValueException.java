package dev.yardmaster.graph;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** A channel was read that nothing had been written to. */
public final class MissingValueException extends YardmasterException {

    private final String channel;

    MissingValueException(String channel, List<String> written) {
        super("channel '" + channel + "' has no value here; written so far: "
                + (written.isEmpty() ? "nothing" : String.join(", ", written))
                + DidYouMean.hint(channel, written)
                + ". Let a node before this one write it, put it into the run's input, or give it an initial value");
        this.channel = channel;
    }

    public String channel() {
        return channel;
    }
}
