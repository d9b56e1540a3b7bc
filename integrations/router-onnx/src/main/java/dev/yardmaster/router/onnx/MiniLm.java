package dev.yardmaster.router.onnx;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.yardmaster.routing.Embedder;

/**
 * The sentence embedding model all-MiniLM-L6-v2, quantized to 8 bits, by ONNX Runtime in the process: English, 384
 * dimensions, a few milliseconds a sentence. Where to look for who can do a task it has learned from labelled ones. The
 * model comes from a jar; nothing is downloaded. Loading takes half a second and 300 MB, so one is enough for a process.
 * Thread-safe.
 *
 * @see <a href="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2">the model</a>
 */
public final class MiniLm implements Embedder {

    private static final int LONGEST = 2_000;

    private static final int DIMENSIONS = 384;

    private final AllMiniLmL6V2QuantizedEmbeddingModel model;
    private final TaskMap tasks;
    private final float[][] asked;

    private MiniLm(AllMiniLmL6V2QuantizedEmbeddingModel model, TaskMap tasks, float[][] asked) {
        this.model = model;
        this.tasks = tasks;
        this.asked = asked;
    }

    /**
     * Loads the model.
     *
     * @throws EmbeddingsUnavailableException when there is no native library for this machine, or it cannot be unpacked
     */
    public static MiniLm load() {
        try {
            return new MiniLm(
                    new AllMiniLmL6V2QuantizedEmbeddingModel(),
                    TaskMap.load(DIMENSIONS),
                    Halves.read("asked.f16", DIMENSIONS));
        } catch (RuntimeException | LinkageError e) {
            throw new EmbeddingsUnavailableException(e);
        }
    }

    @Override
    public String name() {
        return "all-minilm-l6-v2-q";
    }

    @Override
    public float[] embed(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String some = start.trim().isEmpty() ? "." : start; // the library refuses nothing at all
        return model.embed(TextSegment.from(some)).content().vector();
    }

    @Override
    public float[] sought(float[] task) {
        return tasks.apply(task);
    }

    /** Tasks of all trades that were written by hand, turned: {@code integrations/router-onnx/learn} writes them. */
    @Override
    public float[][] asked() {
        return asked;
    }
}
