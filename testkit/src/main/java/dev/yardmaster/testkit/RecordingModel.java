package dev.yardmaster.testkit;

import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A model that remembers what another one was asked. Thread-safe. */
public final class RecordingModel implements Model {

    private final Model model;
    private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();

    private RecordingModel(Model model) {
        this.model = model;
    }

    /** @param model who replies: a {@link dev.yardmaster.model.ScriptedModel}, mostly */
    public static RecordingModel of(Model model) {
        return new RecordingModel(model);
    }

    /** What was asked so far, in order; requests of retried calls included. */
    public List<ModelRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public boolean takes(String mediaType) {
        return model.takes(mediaType);
    }

    @Override
    public boolean scripted() {
        return model.scripted();
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        requests.add(request);
        return model.reply(request);
    }

    @Override
    public ModelReply reply(ModelRequest request, Consumer<String> words) {
        requests.add(request);
        return model.reply(request, words);
    }
}
