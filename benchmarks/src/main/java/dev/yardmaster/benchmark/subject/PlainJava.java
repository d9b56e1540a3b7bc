package dev.yardmaster.benchmark.subject;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one would write without a library: loops, and virtual threads where something is to happen at once. */
final class PlainJava implements Subject {

    @Override
    public Work chain(int nodes, int characters, Step each) {
        String text = Subject.text(characters);
        var chain = new ArrayList<Node>();
        for (int i = 0; i < nodes; i++) {
            chain.add(node(i, each));
        }
        return () -> {
            Map<String, String> state = new HashMap<>(Map.of("text", text));
            for (Node node : chain) {
                state = node.run(state);
            }
            return state;
        };
    }

    /** What a loop would go through. */
    private interface Node {
        Map<String, String> run(Map<String, String> state) throws InterruptedException;
    }

    /** Nodes of three classes: a loop over one class is no loop any more once it is compiled. */
    private static Node node(int index, Step each) {
        return switch (index % 3) {
            case 0 ->
                state -> {
                    each.run();
                    return state;
                };
            case 1 ->
                state -> {
                    each.run();
                    return state;
                };
            default ->
                state -> {
                    each.run();
                    return state;
                };
        };
    }

    @Override
    public Work fan(int branches, Step each) {
        return () -> atOnce(branches, each::run);
    }

    @Override
    public Work nested(int outer, int inner, Step each) {
        return () -> atOnce(outer, () -> atOnce(inner, each::run));
    }

    @Override
    public Work uneven(Step brief, Step lengthy) {
        return () -> {
            var second = new Thread[] {
                Thread.startVirtualThread(() -> quietly(() -> {
                    lengthy.run();
                    brief.run();
                }))
            };
            brief.run();
            lengthy.run();
            second[0].join();
            return second;
        };
    }

    /** Something that may be interrupted. */
    private interface Branch {
        void run() throws InterruptedException;
    }

    private static Object atOnce(int branches, Branch each) throws InterruptedException {
        var threads = new Thread[branches];
        for (int i = 0; i < branches; i++) {
            threads[i] = Thread.startVirtualThread(() -> quietly(each));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return threads;
    }

    private static void quietly(Branch branch) {
        try {
            branch.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Work agent() {
        return () -> {
            List<String> transcript = new ArrayList<>(List.of("You know the weather.", QUESTION));
            while (true) {
                String reply = transcript.size() == 2 ? "call:" + CITY : ANSWER;
                transcript.add(reply);
                if (!reply.startsWith("call:")) {
                    return reply;
                }
                transcript.add(Subject.weather(reply.substring("call:".length())));
            }
        };
    }
}
