package dev.yardmaster.agent;

import dev.yardmaster.undo.Originals;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What all agents of a runtime work through.
 *
 * @param line to their models
 * @param seats for agents that work for others
 * @param accounting what they may use up
 * @param originals where what runs change is kept
 * @param commands how commands are kept in, and where they leave what became of them
 * @param stalls stops tools that give no sign of life
 */
record Equipment(
        GuardedCalls guarded,
        ModelLine line,
        Interceptors interceptors,
        Semaphore seats,
        Accounting accounting,
        Optional<Originals> originals,
        Surroundings around,
        CommandRecords commands,
        StallGuard stalls) {

    /** The same for an agent that finds nothing around it. */
    Equipment bare() {
        return new Equipment(
                guarded, line, interceptors, seats, accounting, originals, around.bare(), commands, stalls);
    }

    /** The same where nothing is kept of what files were. */
    Equipment withoutOriginals() {
        return new Equipment(
                guarded, line, interceptors, seats, accounting, Optional.empty(), around, commands, stalls);
    }
}
