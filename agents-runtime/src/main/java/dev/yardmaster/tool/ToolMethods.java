package dev.yardmaster.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.workspace.Workspace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The methods of an object that are annotated with langchain4j's {@code @Tool}, as tools: named, described and with
 * parameters as langchain4j has it. An exception is told to the model by its message. See {@link ToolEffect} for what
 * repeating a call would do.
 */
public final class ToolMethods {

    private ToolMethods() {}

    /**
     * Its tools, sorted by name.
     *
     * @throws IllegalArgumentException when it has none, or a parameter's name is not known
     */
    public static List<Tool> of(Object object) {
        var tools = new ArrayList<Tool>();
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(dev.langchain4j.agent.tool.Tool.class))
                    .filter(method -> !method.isBridge())
                    .forEach(method -> tools.add(new MethodTool(object, method)));
        }
        if (tools.isEmpty()) {
            throw new IllegalArgumentException("a " + object.getClass().getName()
                    + " is no tool and has no method annotated with @Tool; annotate one, or use FunctionTool.of(…)");
        }
        tools.sort(Comparator.comparing(Tool::name));
        return List.copyOf(tools);
    }

    private static final class MethodTool implements Tool {

        private final Object object;
        private final Method method;
        private final String name;
        private final String description;
        private final Json parameters;
        private final JsonNode schema;
        private final Effect effect;

        MethodTool(Object object, Method method) {
            for (Parameter parameter : method.getParameters()) {
                if (!parameter.isNamePresent() && name(parameter).equals(parameter.getName())) {
                    throw new IllegalArgumentException("the parameters of " + method
                            + " have no names; compile with -parameters, or write @P(name = \"…\")");
                }
            }
            ToolSpecification specification = ToolSpecifications.toolSpecificationFrom(method);
            this.object = object;
            this.method = method;
            this.name = ToolResults.checkedName(specification.name());
            this.description = Optional.ofNullable(specification.description()).orElse("");
            JsonObjectSchema described = specification.parameters();
            this.parameters = described == null
                    ? Json.of(Map.of("type", "object", "properties", Map.of()))
                    : MethodSchema.of(described);
            this.schema = parameters.as(JsonNode.class);
            ToolEffect declared = method.getAnnotation(ToolEffect.class);
            this.effect = declared == null ? Effect.ONCE : declared.value();
            method.setAccessible(true); // methods of classes that are not public are tools, too
        }

        private static String name(Parameter parameter) {
            P described = parameter.getAnnotation(P.class);
            return described == null || described.name().isBlank() ? parameter.getName() : described.name();
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
            values(call);
            return List.of(new Access.Unknown());
        }

        @Override
        public ToolResult run(ToolCall call, ToolContext context) throws InterruptedException {
            @Nullable Object[] values = values(call);
            return ToolResults.of(() -> {
                try {
                    return LangchainContent.understood(method.invoke(object, values));
                } catch (InvocationTargetException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            });
        }

        private @Nullable Object[] values(ToolCall call) {
            Arguments arguments = Arguments.of(name, schema, call);
            return Arrays.stream(method.getParameters())
                    .map(parameter -> value(parameter, arguments))
                    .toArray();
        }

        private @Nullable Object value(Parameter parameter, Arguments arguments) {
            Optional<Json> given = arguments.find(name(parameter)).or(() -> standard(parameter));
            if (given.isEmpty() && parameter.getType() == Optional.class) {
                return Optional.empty();
            }
            if (given.isEmpty() && parameter.getType().isPrimitive()) {
                throw new InvalidArgumentsException(name + ": the parameter '" + name(parameter) + "' is missing");
            }
            try {
                return given.isEmpty() ? null : given.get().as(parameter.getParameterizedType());
            } catch (InvalidJsonException e) {
                throw new InvalidArgumentsException(
                        name + ": '" + name(parameter) + "' does not fit: " + e.getMessage());
            }
        }

        /** The default that {@code @P} names: JSON, or else a text. */
        private static Optional<Json> standard(Parameter parameter) {
            P described = parameter.getAnnotation(P.class);
            if (described == null || described.defaultValue().equals(P.NO_DEFAULT)) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        parameter.getType() == String.class
                                ? Json.of(described.defaultValue())
                                : Json.parse(described.defaultValue()));
            } catch (InvalidJsonException e) {
                return Optional.of(Json.of(described.defaultValue()));
            }
        }
    }
}
