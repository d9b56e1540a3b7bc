package dev.yardmaster.agent;

import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model with faults: throws one after the other, and then says the same thing every time. */
final class FaultyModel implements Model {

    private final String name;
    private final ArrayDeque<ModelException> faults;
    final List<ModelRequest> requests = new CopyOnWriteArrayList<>();

    FaultyModel(String name, ModelException... faults) {
        this.name = name;
        this.faults = new ArrayDeque<>(List.of(faults));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized ModelReply reply(ModelRequest request) {
        requests.add(request);
        if (!faults.isEmpty()) {
            throw faults.removeFirst();
        }
        return new ModelReply(
                new Message.Assistant(name + " says so", List.of(), Map.of("signature", "\"" + name + "\"")),
                new Usage(10, 5),
                ModelReply.Finish.STOP);
    }
}
