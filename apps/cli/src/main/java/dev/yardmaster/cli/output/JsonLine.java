package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Secrets;

/** One line for programs: everything that is printed as JSON goes through here. */
public final class JsonLine {

    private JsonLine() {}

    /** The object's text in one line, with {@code [redacted]} in place of every key. */
    public static String of(JsonNode object) {
        return Json.of(withoutSecrets(object)).text();
    }

    private static JsonNode withoutSecrets(JsonNode node) {
        if (node.isTextual()) {
            return JsonNodeFactory.instance.textNode(Secrets.hide(node.asText()));
        }
        if (node instanceof ArrayNode array) {
            ArrayNode safe = JsonNodeFactory.instance.arrayNode();
            array.forEach(each -> safe.add(withoutSecrets(each)));
            return safe;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode safe = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> safe.set(field.getKey(), withoutSecrets(field.getValue())));
            return safe;
        }
        return node;
    }
}
