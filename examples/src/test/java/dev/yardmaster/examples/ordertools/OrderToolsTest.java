package dev.yardmaster.examples.ordertools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.Transcript;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderToolsTest {

    @Test
    void what_a_method_refuses_is_told_to_the_model_and_the_graph_goes_by_the_result() throws Exception {
        var warehouse = new Warehouse();
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = orchestrator
                    .start(
                            OrderTools.graph(warehouse, OrderTools.script()),
                            State.of(OrderTools.ORDER, "Two lamps and two desks, please."))
                    .await();

            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            assertThat(outcome.view().visited()).containsExactly("fulfil", "apologise");
            assertThat(((Outcome.Completed) outcome).state().get(OrderTools.LETTER))
                    .isEqualTo("We are sorry: [1 × desk] will follow.");
            assertThat(Transcript.lastOf(outcome.view()).orElseThrow().messages())
                    .filteredOn(Message.ToolOutput.class::isInstance)
                    .extracting(message -> ((Message.ToolOutput) message).text())
                    .contains("5", "1500", "2 of 'lamp' reserved, 3 left")
                    .anyMatch(text -> text.contains("only 1 of 'desk' are there"));
        }
        assertThat(warehouse.stock("lamp")).isEqualTo(3);
        assertThat(warehouse.stock("desk")).isZero();
    }
}
