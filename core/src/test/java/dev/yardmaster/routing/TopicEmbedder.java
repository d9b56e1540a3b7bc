package dev.yardmaster.routing;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows three topics, each by a few words that mean the same; counts the texts it was given. */
final class TopicEmbedder implements Embedder {

    private static final List<List<String>> TOPICS = List.of(
            List.of("bread", "oven", "dough", "loaf", "crust"),
            List.of("boat", "sail", "harbour", "tide", "vessel"),
            List.of("rose", "soil", "garden", "hedge", "blossom"));

    final AtomicInteger embedded = new AtomicInteger();

    @Override
    public String name() {
        return "topics";
    }

    @Override
    public float[] embed(String text) {
        embedded.incrementAndGet();
        float[] vector = new float[TOPICS.size() + 1];
        vector[TOPICS.size()] = 0.1f;
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            for (int i = 0; i < TOPICS.size(); i++) {
                vector[i] += TOPICS.get(i).stream().anyMatch(word::startsWith) ? 1 : 0;
            }
        }
        double length = 0;
        for (float value : vector) {
            length += value * value;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(length);
        }
        return vector;
    }
}
