package dev.yardmaster.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * A call that somebody wants to make.
 *
 * @param tokens what it will take, as far as can be told
 * @param notBefore when it may begin at the earliest; {@link Instant#MIN} for at once
 * @param patience how long to wait for a server that is not to be called
 * @param waiting is told when it has to wait: until when, which is {@link Instant#MAX} where nobody knows, and why
 */
public record CallIntent(long tokens, Instant notBefore, Duration patience, BiConsumer<Instant, String> waiting) {}
