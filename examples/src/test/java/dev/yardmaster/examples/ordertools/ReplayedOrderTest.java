package dev.yardmaster.examples.ordertools;

import static dev.yardmaster.testkit.RunAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.Model;
import dev.yardmaster.replay.Replay;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A run that went well, kept as a test: {@code order.jsonl} is what {@link dev.yardmaster.run.RunFile} wrote of a run of
 * {@link OrderTools}. No model is asked, and nothing is taken from the warehouse.
 */
@Timeout(60)
class ReplayedOrderTest {

    private static Replay recorded() throws URISyntaxException {
        return Replay.of(
                Path.of(ReplayedOrderTest.class.getResource("order.jsonl").toURI()));
    }

    @Test
    void an_order_is_still_fulfilled_as_it_was() throws Exception {
        var warehouse = new Warehouse();
        assertThat(recorded().through(OrderTools.graph(warehouse, Model.silent())))
                .isSame();
        assertThat(warehouse.stock("lamp")).isEqualTo(5);
    }

    @Test
    void a_letter_in_other_words_is_told() throws Exception {
        Graph now = OrderTools.graph(new Warehouse(), Model.silent());
        Graph changed = Graph.builder("order")
                .channels(OrderTools.ORDER, OrderTools.FULFILMENT, OrderTools.LETTER)
                .node("fulfil", (state, context) -> now.node("fulfil").run(state, context))
                .node("apologise", (state, context) -> Update.of(OrderTools.LETTER, "Wait."))
                .start("fulfil")
                .edge("fulfil", "apologise")
                .build();
        assertThat(recorded().through(changed))
                .differsAt("apologise")
                .showing("- We are sorry: [1 × desk] will follow.")
                .showing("+ Wait.");
    }
}
