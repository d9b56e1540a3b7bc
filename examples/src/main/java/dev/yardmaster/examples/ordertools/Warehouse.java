package dev.yardmaster.examples.ordertools;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.yardmaster.event.Effect;
import dev.yardmaster.tool.ToolEffect;
import java.util.Map;
import java.util.TreeMap;

/** A class that an application has anyway; annotated methods are tools. Thread-safe. */
public final class Warehouse {

    private final Map<String, Integer> shelves = new TreeMap<>(Map.of("lamp", 5, "desk", 1));

    @Tool("How many pieces of an item are there")
    @ToolEffect(Effect.READ_ONLY)
    public synchronized int stock(@P("the item's name") String item) {
        return shelves.getOrDefault(item, 0);
    }

    /** Changes something and cannot know whether it did so before: asked for unless a rule allows it, never repeated. */
    @Tool("Takes pieces of an item off the shelf for an order")
    public synchronized String reserve(@P("the item's name") String item, @P("how many") int quantity) {
        int there = stock(item);
        if (quantity > there) {
            throw new IllegalArgumentException("only " + there + " of '" + item + "' are there");
        }
        shelves.put(item, there - quantity);
        return quantity + " of '" + item + "' reserved, " + (there - quantity) + " left";
    }
}
