package dev.yardmaster.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of the front matter and where it stands. Scalars are text: {@code yes} stays {@code yes}, 007 stays 007. */
sealed interface FieldValue {

    FilePosition at();

    /** As strings, lists and maps, for what Yardmaster keeps without understanding it. */
    Object plain();

    /** @param written whether it is in quotes or a block, so that its extent is beyond doubt */
    record Scalar(String text, boolean written, FilePosition at) implements FieldValue {
        @Override
        public Object plain() {
            return text;
        }
    }

    record Items(List<FieldValue> values, FilePosition at) implements FieldValue {
        @Override
        public Object plain() {
            List<Object> plain = new ArrayList<>();
            values.forEach(value -> plain.add(value.plain()));
            return Collections.unmodifiableList(plain);
        }
    }

    record Pairs(Map<String, FieldValue> values, FilePosition at) implements FieldValue {
        @Override
        public Object plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            values.forEach((key, value) -> plain.put(key, value.plain()));
            return Collections.unmodifiableMap(plain);
        }
    }
}
