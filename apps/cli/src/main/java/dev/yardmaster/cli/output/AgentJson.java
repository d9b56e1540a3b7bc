package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.Diagnostic;
import dev.yardmaster.definition.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An agent file for programs: one object, as docs/json.md has it. */
public final class AgentJson {

    private AgentJson() {}

    /** The object's text, in one line. */
    public static String of(Reading reading) {
        return of(reading, List.of());
    }

    /** The same with what shows only beside other files. */
    public static String of(Reading reading, List<Diagnostic> more) {
        Optional<AgentDefinition> agent = reading.definition();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("v", 1)
                .put("file", reading.file())
                .put("loaded", agent.isPresent())
                .put("name", agent.map(AgentDefinition::name).orElse(null))
                .put("description", agent.map(AgentDefinition::description).orElse(null));
        json.set(
                "tools",
                agent.flatMap(AgentDefinition::tools)
                        .<JsonNode>map(JsonEvents::texts)
                        .orElse(JsonNodeFactory.instance.nullNode()));
        json.set(
                "disallowedTools",
                JsonEvents.texts(agent.map(AgentDefinition::disallowedTools).orElse(List.of())));
        json.put("model", agent.flatMap(AgentDefinition::model).orElse(null))
                .put("color", agent.flatMap(AgentDefinition::color).orElse(null))
                .put("examples", agent.map(each -> each.examples().size()).orElse(0))
                .put(
                        "checklist",
                        agent.map(each -> each.checklist().items().size()).orElse(0));
        json.set(
                "unknownKeys",
                JsonEvents.texts(
                        agent.map(each -> List.copyOf(each.unknownKeys())).orElse(List.of())));
        ArrayNode diagnostics = json.putArray("diagnostics");
        reading.diagnostics().forEach(each -> diagnostics.add(diagnostic(each)));
        more.forEach(each -> diagnostics.add(diagnostic(each)));
        return JsonLine.of(json);
    }

    private static ObjectNode diagnostic(Diagnostic diagnostic) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("file", diagnostic.file())
                .put("line", diagnostic.line())
                .put("column", diagnostic.column())
                .put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT))
                .put("code", diagnostic.code())
                .put("message", diagnostic.message())
                .put("remedy", diagnostic.remedy());
    }
}
