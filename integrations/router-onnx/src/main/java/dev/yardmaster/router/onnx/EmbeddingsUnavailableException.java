package dev.yardmaster.router.onnx;

import dev.yardmaster.event.YardmasterException;

/** The embedding model cannot be loaded here. Tasks can still be routed by words. */
public final class EmbeddingsUnavailableException extends YardmasterException {

    EmbeddingsUnavailableException(Throwable cause) {
        super("the embedding model cannot be loaded on this machine: " + cause, cause);
    }
}
