package dev.yardmaster.routing;

/**
 * Turns texts into vectors of which those of alike texts point the same way. Thread-safe; may take milliseconds of
 * computing, or block when it asks a service. {@code yardmaster-router-onnx} brings one that runs in the process.
 */
public interface Embedder {

    /** Which model it is, and which version of it: vectors of different names are never compared, and cached apart. */
    String name();

    /** The vector of a text, of length 1, always of as many dimensions. A long text may be cut. */
    float[] embed(String text);

    /**
     * Where to look for the texts of who can do a task, from the task's own vector: what makes two sentences alike is not all
     * that makes a specialist right for a task. The vector itself unless a model knows better; need not be of length 1.
     */
    default float[] sought(float[] task) {
        return task;
    }

    /**
     * Where tasks of all trades look, each as {@link #sought} says: whose texts are near to whatever is asked is seen by
     * them. None unless a model brings some. Not to be changed.
     */
    default float[][] asked() {
        return new float[0][];
    }
}
