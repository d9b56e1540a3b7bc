package dev.yardmaster.tool.builtin;

import dev.yardmaster.workspace.PinnedFolder;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A folder that stays open as long as anybody needs it: who goes through it, or who reads a file of it. Thread-safe. */
final class HeldFolder implements AutoCloseable {

    private final PinnedFolder folder;
    private final AtomicInteger holds = new AtomicInteger(1);

    HeldFolder(PinnedFolder folder) {
        this.folder = folder;
    }

    PinnedFolder folder() {
        return folder;
    }

    /** For whoever holds it already. */
    HeldFolder held() {
        holds.incrementAndGet();
        return this;
    }

    /** One who held it does not need it any more. It was only read: should it not close well, nothing is lost by it. */
    @Override
    public void close() {
        if (holds.decrementAndGet() > 0) {
            return;
        }
        try {
            folder.close();
        } catch (IOException e) {
            return;
        }
    }
}
