package dev.yardmaster.examples.ordertools;

import static dev.yardmaster.graph.Graph.END;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.examples.ExampleModel;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.tool.FunctionTool;
import dev.yardmaster.tool.Tool;
import java.util.Map;

/** An order in a customer's words is reserved in the warehouse by an agent; plain Java decides what follows. */
public final class OrderTools {

    static final Channel<String> ORDER = Channel.of("order", String.class);
    static final Channel<Fulfilment> FULFILMENT = Channel.of("fulfilment", Fulfilment.class);
    static final Channel<String> LETTER = Channel.of("letter", String.class);

    private static final Map<String, Integer> PRICES = Map.of("lamp", 1500, "desk", 9900);

    /** The arguments of the price tool. */
    record Priced(String item) {}

    private OrderTools() {}

    /** A plain function as a tool. */
    static Tool price() {
        return FunctionTool.of("price", "What an item costs, in cents", Priced.class, priced -> {
                    Integer cents = PRICES.get(priced.item());
                    return cents == null
                            ? "there is no item '" + priced.item() + "'; there are " + PRICES.keySet()
                            : cents;
                })
                .withEffect(Effect.READ_ONLY);
    }

    static Graph graph(Warehouse warehouse, Model model) {
        var runtime = AgentRuntime.builder()
                .agents(AgentDefinition.of(
                                "order-clerk",
                                "Fulfils orders",
                                "You fulfil an order from the warehouse: look at stock and prices, reserve what is there.")
                        .withTools("stock", "reserve", "price"))
                .tools(warehouse, price())
                .policy(Policy.of(Mode.DONT_ASK).with(Rule.allow("reserve", "example")))
                .model(model)
                .build();
        return Graph.builder("order")
                .channels(ORDER, FULFILMENT, LETTER)
                .node("fulfil", runtime.agent("order-clerk").reads(ORDER).writes(FULFILMENT))
                .node(
                        "confirm",
                        (state, context) -> Update.of(
                                LETTER,
                                "Your order is complete: "
                                        + state.get(FULFILMENT).totalCents() / 100 + " euros."))
                .node(
                        "apologise",
                        (state, context) -> Update.of(
                                LETTER,
                                "We are sorry: "
                                        + state.get(FULFILMENT).lines().stream()
                                                .filter(line -> line.missing() > 0)
                                                .map(line -> line.missing() + " × " + line.item())
                                                .toList()
                                        + " will follow."))
                .start("fulfil")
                .choose(
                        "fulfil",
                        state -> state.get(FULFILMENT).isComplete() ? "confirm" : "apologise",
                        "confirm",
                        "apologise")
                .edge("confirm", END)
                .edge("apologise", END)
                .build();
    }

    /** What the model would say; it reserves too many desks first, is told, and reserves what is there. */
    static ScriptedModel script() {
        return ScriptedModel.replies(
                "order-clerk",
                ScriptedReply.call("stock", Map.of("item", "lamp"))
                        .andCall("stock", Map.of("item", "desk"))
                        .andCall("price", Map.of("item", "lamp"))
                        .andCall("price", Map.of("item", "desk")),
                ScriptedReply.call("reserve", Map.of("item", "lamp", "quantity", 2))
                        .andCall("reserve", Map.of("item", "desk", "quantity", 2))
                        .capture("there", "only ([0-9]+) of 'desk'"),
                ScriptedReply.call("reserve", Map.of("item", "desk", "quantity", 1)),
                ScriptedReply.say("""
                        {"lines": [{"item": "lamp", "reserved": 2, "missing": 0},
                                   {"item": "desk", "reserved": ${there}, "missing": 1}], "totalCents": 12900}"""));
    }

    public static void main(String[] args) throws Exception {
        var warehouse = new Warehouse();
        var graph = graph(warehouse, ExampleModel.choose(script(), args));
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = orchestrator
                    .start(graph, State.of(ORDER, "Two lamps and two desks, please."))
                    .await();
            System.out.println(outcome.view().visited());
            System.out.println(outcome.orElseThrow().get(LETTER));
            System.out.println("left: " + warehouse.stock("lamp") + " lamps, " + warehouse.stock("desk") + " desks");
        }
    }
}
