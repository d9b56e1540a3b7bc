package dev.yardmaster.router.onnx.learn;

import dev.yardmaster.routing.Embedder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A model that looks where a map says, knows of tasks that are asked, and embeds no task twice. */
final class Turned implements Embedder {

    private final Embedder model;
    private final TurnedMap map;
    private final float[][] asked;
    private final Map<String, float[]> known;

    private Turned(Embedder model, TurnedMap map, float[][] asked, Map<String, float[]> known) {
        this.model = model;
        this.map = map;
        this.asked = asked;
        this.known = known;
    }

    static Turned not(Embedder model) {
        int dimensions = model.embed("any").length;
        return new Turned(model, TurnedMap.identity(dimensions), new float[0][], new ConcurrentHashMap<>());
    }

    /** @param tasks what is asked for in general */
    Turned by(TurnedMap other, List<String> tasks) {
        Turned turned = new Turned(model, other, new float[0][], known);
        float[][] vectors = tasks.stream()
                .map(task -> turned.sought(embed(task)))
                .map(HalfNumbers::rounded)
                .toArray(float[][]::new);
        return new Turned(model, other, vectors, known);
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

    @Override
    public float[][] asked() {
        return asked;
    }
}
