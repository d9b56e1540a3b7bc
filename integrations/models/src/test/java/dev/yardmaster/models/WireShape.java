package dev.yardmaster.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.ModelProvider;
import dev.yardmaster.models.Wire.Call;
import dev.yardmaster.models.Wire.Finish;
import dev.yardmaster.models.Wire.Sent;
import java.util.List;
import java.util.Map;

/** One wire format: what its replies look like, and where to look in its requests. */
interface WireShape {

    ModelProvider provider(Deadlines deadlines);

    Map<String, String> environment(int port);

    String reply(String text, String finish, Call... calls);

    List<String> stream(List<String> words, String finish, Call... calls);

    /** An error in the middle of a stream. */
    String error();

    String finish(Finish finish);

    Sent sent(JsonNode body);

    /** Empty when there is no key. */
    String keyHeader();
}
