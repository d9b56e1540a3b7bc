package dev.yardmaster.agent;

import dev.yardmaster.endpoint.ModelEndpoints;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelNames;
import java.util.List;

/**
 * How the agents of a runtime reach their models.
 *
 * @param retries how often, and how long waits may be
 * @param endpoints what stands before the models' servers
 * @param fallbacks who is asked when an agent's own model does not answer, in order
 * @param sight what they are shown
 */
record ModelLine(RetryPolicy retries, ModelEndpoints endpoints, List<Model> fallbacks, Sight sight) {

    /** One whose models are shown what they take. */
    ModelLine(RetryPolicy retries, ModelEndpoints endpoints, List<Model> fallbacks) {
        this(retries, endpoints, fallbacks, new Sight(ModelNames.none()));
    }

    ModelLine {
        fallbacks = List.copyOf(fallbacks);
    }
}
