package dev.yardmaster.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.workspace.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Java function as a tool; its arguments are a record, whose components the model is told of, described by Jackson's
 * {@code @JsonPropertyDescription} ({@link TypeSchema}). Unless its effect is said to be another, a call happens
 * {@link Effect#ONCE} and is asked for where no rule allows it.
 *
 * <pre>{@code
 * record Order(@JsonPropertyDescription("such as A-17") String id, Optional<Integer> quantity) {}
 * FunctionTool.of("FindOrder", "Shows an order", Order.class, order -> orders.find(order.id())).withEffect(READ_ONLY)
 * }</pre>
 *
 * @param <A> its arguments
 */
public final class FunctionTool<A extends Record> implements Tool {

    /** What a tool does. Called from several threads at once. */
    @FunctionalInterface
    public interface Body<A> {

        /**
         * @return what the model is told: a text as it is, anything else as JSON
         * @throws Exception when it did not work; the model is told the message
         */
        @Nullable
        Object call(A arguments) throws Exception;
    }

    private static final List<Access> UNKNOWN = List.of(new Access.Unknown());

    private final String name;
    private final String description;
    private final Class<A> type;
    private final Body<A> body;
    private final Effect effect;
    private final Json parameters;
    private final JsonNode schema;

    /** A call is asked what it touches, and then run: its arguments are read once. */
    private volatile @Nullable Understood<A> last;

    private FunctionTool(String name, String description, Class<A> type, Body<A> body, Effect effect) {
        this.name = ToolResults.checkedName(name);
        this.description = description;
        this.type = type;
        this.body = body;
        this.effect = effect;
        this.parameters = parameters(name, type);
        this.schema = parameters.as(JsonNode.class);
    }

    private static Json parameters(String name, Class<? extends Record> type) {
        String problem = Json.whyNoJsonForm(type);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("tool '" + name + "' cannot take a " + type.getName() + ": " + problem);
        }
        return TypeSchema.of(type);
    }

    /** @throws IllegalArgumentException when the name is none, or a component's type cannot be described in JSON */
    public static <A extends Record> FunctionTool<A> of(
            String name, String description, Class<A> arguments, Body<A> body) {
        return new FunctionTool<>(name, description, arguments, body, Effect.ONCE);
    }

    /** The same with another effect. {@link Effect#PROBED} needs a tool of one's own: there is no probe here. */
    public FunctionTool<A> withEffect(Effect other) {
        return new FunctionTool<>(name, description, type, body, other);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Json parameters() {
        return parameters;
    }

    @Override
    public Effect effect(ToolCall call) {
        return effect;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        arguments(call);
        return UNKNOWN;
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws InterruptedException {
        A arguments = arguments(call);
        return ToolResults.of(() -> body.call(arguments));
    }

    private record Understood<A>(ToolCall call, A arguments) {}

    private A arguments(ToolCall call) {
        Understood<A> known = last;
        if (known == null || known.call() != call) {
            known = new Understood<>(call, read(call));
            last = known;
        }
        return known.arguments();
    }

    private A read(ToolCall call) {
        try {
            return Arguments.of(name, schema, call).json().as(type);
        } catch (InvalidJsonException e) {
            throw new InvalidArgumentsException(name + ": the arguments do not fit: " + e.getMessage());
        }
    }
}
