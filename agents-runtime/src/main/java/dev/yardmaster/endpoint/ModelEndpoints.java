package dev.yardmaster.endpoint;

import dev.yardmaster.model.Model;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers that models are at, each with what all its callers share. One serves a whole process: runtimes that are given
 * the same one keep its limits together. Thread-safe.
 */
public final class ModelEndpoints {

    private final EndpointLimits limits;
    private final Map<String, EndpointLimits> own;
    private final Pacing pacing;
    private final Map<String, EndpointGuard> guards = new ConcurrentHashMap<>();

    private ModelEndpoints(EndpointLimits limits, Map<String, EndpointLimits> own, Pacing pacing) {
        this.limits = limits;
        this.own = own;
        this.pacing = pacing;
    }

    /** With {@link EndpointLimits#defaults}. */
    public static ModelEndpoints defaults() {
        return of(EndpointLimits.defaults());
    }

    /** With these limits, each for itself. */
    public static ModelEndpoints of(EndpointLimits limits) {
        return new ModelEndpoints(limits, Map.of(), Pacing.real());
    }

    /** The same, with other limits for one of them. Nothing of what is under way is taken over. @see Model#endpoint */
    public ModelEndpoints with(String endpoint, EndpointLimits other) {
        var more = new TreeMap<>(own);
        more.put(endpoint, other);
        return new ModelEndpoints(limits, more, pacing);
    }

    /** The same in another time; for tests. */
    public ModelEndpoints in(Pacing time) {
        return new ModelEndpoints(limits, own, time);
    }

    public Pacing pacing() {
        return pacing;
    }

    /** What stands before the server of a model. */
    public EndpointGuard before(Model model) {
        String endpoint = model.endpoint();
        EndpointGuard known = guards.get(endpoint); // to make one locks, whether or not it is there
        return known != null ? known : guards.computeIfAbsent(endpoint, this::guard);
    }

    private EndpointGuard guard(String name) {
        return new EndpointGuard(name, own.getOrDefault(name, limits), pacing);
    }
}
