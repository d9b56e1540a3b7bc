package dev.yardmaster.router.onnx.learn;

import dev.yardmaster.routing.Embedder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A model that looks where a map says, and embeds no task twice. */
final class Turned implements Embedder {

    private final Embedder model;
    private final TurnedMap map;
    private final Map<String, float[]> known;

    private Turned(Embedder model, TurnedMap map, Map<String, float[]> known) {
        this.model = model;
        this.map = map;
        this.known = known;
    }

    static Turned not(Embedder model) {
        int dimensions = model.embed("any").length;
        return new Turned(model, TurnedMap.identity(dimensions), new ConcurrentHashMap<>());
    }

    Turned by(TurnedMap other) {
        return new Turned(model, other, known);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public float[] embed(String text) {
        return known.computeIfAbsent(text, model::embed);
    }

    @Override
    public float[] sought(float[] task) {
        double[] sought = map.apply(task);
        var vector = new float[sought.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) sought[i];
        }
        return vector;
    }
}
