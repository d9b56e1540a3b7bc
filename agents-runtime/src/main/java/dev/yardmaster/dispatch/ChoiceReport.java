package dev.yardmaster.dispatch;

import dev.yardmaster.event.Spending;
import dev.yardmaster.routing.RoutingReport;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a model's choice gains where the router is not sure, on tasks of which it is known who should get them.
 *
 * @param alone what the router does by itself
 * @param together what it does when the model decides where it is not sure
 * @param bands those tasks of which the model was asked, by how sure the router was: declined ones first, then the least sure
 * @param spent what asking took
 */
public record ChoiceReport(RoutingReport alone, RoutingReport together, List<Band> bands, Spending spent) {

    /**
     * Tasks of which the router was about equally sure.
     *
     * @param declined whether it found nobody for them; then it was right about none
     * @param from its confidence, from 0 to 1, at least
     * @param to its confidence, less than this
     * @param asked how many there are
     * @param right for how many of them the model named the right one
     * @param routerRight for how many of them the router's first was the right one
     */
    public record Band(boolean declined, double from, double to, int asked, int right, int routerRight) {}

    public ChoiceReport {
        bands = List.copyOf(bands);
    }

    /** How often the model was asked. */
    public int asked() {
        return sum(Band::asked);
    }

    /** How often what came of asking it was right; a reply that could not be used leaves the router's first. */
    public int right() {
        return sum(Band::right);
    }

    /** How often the router's first would have been right where the model was asked. */
    public int routerRight() {
        return sum(Band::routerRight);
    }

    private int sum(ToIntFunction<Band> count) {
        return bands.stream().mapToInt(count).sum();
    }
}
