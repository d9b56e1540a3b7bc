package dev.yardmaster.journal;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.util.List;
import java.util.Optional;

/**
 * The append-only record of runs; the only thing that is stored. Each run has one owner at a time, who alone appends;
 * anybody may read, and anybody may leave an answer or a wish to cancel for the owner, in this process or another.
 *
 * <p>Thread-safe; calls may block on storage. All methods throw {@link JournalFailedException} when the storage refuses
 * or the journal was closed, and {@link CorruptJournalException} when what is stored is damaged. Once a write has failed,
 * a journal writes nothing more: what it holds in memory may not be what is stored, and only opening it anew tells.
 */
public interface Journal extends AutoCloseable {

    /**
     * Creates a run that is owned by the caller; its first entries are durable, together, when this returns.
     *
     * @param first the run's admission, and whatever else it begins with
     * @return the right to append to it; empty when there is a run of this name already
     */
    Optional<Lease> create(RunId run, List<Entry> first);

    /** Creates a run that begins with its admission; see {@link #create(RunId, List)}. */
    default Optional<Lease> create(RunId run, Entry admitted) {
        return create(run, List.of(admitted));
    }

    /**
     * Makes the caller the owner of a run that nobody owns, or whose owner is gone. Whatever an owner before had appended
     * and not made durable is lost to both.
     *
     * @throws UnknownRunException when there is no such run
     * @throws RunOwnedException when its owner is alive
     * @throws dev.yardmaster.event.NewerVersionException when it holds an entry this version does not know; the run is
     *     then left as it is
     */
    Lease acquire(RunId run);

    /**
     * The entries of a run from an offset on, in order; the list never changes.
     *
     * @throws UnknownRunException when there is no such run
     * @throws dev.yardmaster.event.NewerVersionException when one of them is of a format this version does not know
     */
    List<RunEvent.Recorded> read(RunId run, long fromOffset);

    /** The runs that fit, newest first. Costs what the runs found cost, not what they hold. */
    List<RunSummary> runs(RunQuery query);

    /**
     * Leaves an answer for the owner of a run, durably. It is not an entry of the run until the owner makes it one.
     *
     * @throws UnknownRunException when there is no such run
     * @throws AlreadyAnsweredException when the question has an answer: the first counts
     */
    void answer(RunId run, Answer answer);

    /**
     * Leaves the wish that a run be cancelled for its owner, durably. The first reason counts.
     *
     * @throws UnknownRunException when there is no such run
     */
    void cancel(RunId run, String reason);

    /**
     * What was left for the owner of a run so far, also what has become an entry since.
     *
     * @throws UnknownRunException when there is no such run
     */
    RunRequests requests(RunId run);

    /**
     * Deletes the runs that fit, have ended and are owned by nobody, with all that only they refer to.
     *
     * @return what was deleted
     */
    List<RunId> prune(RunQuery query);

    /** Makes everything durable and gives up every lease. */
    @Override
    void close();

    /**
     * The admission that a new run's entries begin with: for implementations of {@link #create}.
     *
     * @throws IllegalArgumentException when they begin with something else
     */
    static Fact.RunAdmitted admission(List<Entry> first) {
        if (!first.isEmpty() && first.getFirst().fact() instanceof Fact.RunAdmitted admitted) {
            return admitted;
        }
        throw new IllegalArgumentException("a run begins with its admission, not with "
                + (first.isEmpty() ? "nothing" : "'" + first.getFirst().type() + "'"));
    }
}
