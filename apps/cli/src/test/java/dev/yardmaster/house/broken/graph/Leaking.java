package dev.yardmaster.house.broken.graph;

import dev.langchain4j.model.chat.ChatModel;
import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Shows, keeps and prints what it should not. */
public abstract class Leaking implements Serializable, Flow.Processor<String, String> {

    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    protected Leaking() {}

    public List<CompletableFuture<String>> later() {
        return List.of();
    }

    protected void model(ChatModel... model) {}

    public Vector<String> words() {
        return Vector.of(CURRENT.get());
    }

    void store(OutputStream to) throws IOException {
        System.out.println("storing");
        try (var stream = new ObjectOutputStream(to)) {
            stream.writeObject(this);
        }
    }

    Vector<String> nobodySeesThis() {
        return Vector.empty();
    }
}
