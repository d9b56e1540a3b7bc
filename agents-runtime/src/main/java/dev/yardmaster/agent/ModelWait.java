package dev.yardmaster.agent;

import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * A model is not asked yet.
 *
 * @param step the name of the reply's step
 * @param model the full name of the model
 * @param until when it is asked; empty where that hangs on others
 * @param why in a few words, for people
 * @param parked whether the run may be left meanwhile: the time is recorded, and a resumed run waits for it
 */
public record ModelWait(NodePath at, String step, String model, Optional<Instant> until, String why, boolean parked)
        implements RunEvent.Live {}
