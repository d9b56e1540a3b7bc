package dev.yardmaster.event;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.KeyDeserializers;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jackson's module for {@code java.time}, set up when the first such type is met: that takes 20 ms of a new virtual
 * machine, and a run that nobody stores needs none of it.
 */
final class TimeTypes extends Module {

    @Override
    public String getModuleName() {
        return getClass().getName();
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addSerializers(new Writers("addSerializers"));
        context.addKeySerializers(new Writers("addKeySerializers"));
        context.addDeserializers(new Readers());
        context.addKeyDeserializers(new KeyReaders());
    }

    private static boolean isTime(JavaType type) {
        return type.getRawClass().getName().startsWith("java.time.");
    }

    /** What the module registers, by the name of the method that it is registered with. */
    private static final class Library {
        private static final Map<String, Object> REGISTERED = registered();

        private static Map<String, Object> registered() {
            var registered = new HashMap<String, Object>();
            var context = (SetupContext) Proxy.newProxyInstance(
                    SetupContext.class.getClassLoader(), new Class<?>[] {SetupContext.class}, (self, method, given) -> {
                        if (given != null && given.length == 1) {
                            registered.put(method.getName(), given[0]);
                        }
                        return method.getReturnType() == boolean.class ? false : null;
                    });
            new JavaTimeModule().setupModule(context);
            return registered;
        }

        static <T> T of(String method, Class<T> type) {
            return type.cast(REGISTERED.get(method));
        }
    }

    private static final class Writers extends Serializers.Base {
        private final String method;

        Writers(String method) {
            this.method = method;
        }

        @Override
        public @Nullable JsonSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription description) {
            return isTime(type)
                    ? Library.of(method, Serializers.class).findSerializer(config, type, description)
                    : null;
        }
    }

    private static final class Readers extends Deserializers.Base {
        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) throws JsonMappingException {
            return isTime(type)
                    ? Library.of("addDeserializers", Deserializers.class)
                            .findBeanDeserializer(type, config, description)
                    : null;
        }

        @Override
        public @Nullable JsonDeserializer<?> findEnumDeserializer(
                Class<?> type, DeserializationConfig config, BeanDescription description) throws JsonMappingException {
            return type.getName().startsWith("java.time.")
                    ? Library.of("addDeserializers", Deserializers.class)
                            .findEnumDeserializer(type, config, description)
                    : null;
        }
    }

    private static final class KeyReaders implements KeyDeserializers {
        @Override
        public @Nullable KeyDeserializer findKeyDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) throws JsonMappingException {
            return isTime(type)
                    ? Library.of("addKeyDeserializers", KeyDeserializers.class)
                            .findKeyDeserializer(type, config, description)
                    : null;
        }
    }
}
