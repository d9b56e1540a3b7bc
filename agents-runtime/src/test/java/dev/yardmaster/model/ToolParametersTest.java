package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.yardmaster.event.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolParametersTest {

    private static JsonSchemaElement property(String schema) {
        return ToolParameters.of(Json.parse("{\"type\":\"object\",\"properties\":{\"p\":" + schema + "}}"), true)
                .properties()
                .get("p");
    }

    @Test
    void plain_types_keep_their_descriptions() {
        assertThat(property("{\"type\":\"string\",\"description\":\"d\"}"))
                .isEqualTo(JsonStringSchema.builder().description("d").build());
        assertThat(property("{\"type\":\"integer\"}")).isEqualTo(new JsonIntegerSchema());
        assertThat(property("{\"type\":\"number\"}")).isEqualTo(new JsonNumberSchema());
        assertThat(property("{\"type\":\"boolean\"}")).isEqualTo(new JsonBooleanSchema());
        assertThat(property("{\"enum\":[\"a\",\"b\"],\"description\":\"d\"}"))
                .isEqualTo(JsonEnumSchema.builder()
                        .description("d")
                        .enumValues("a", "b")
                        .build());
    }

    @Test
    void objects_and_arrays_nest() {
        assertThat(property("{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"x\":"
                        + "{\"type\":\"integer\"}},\"required\":[\"x\"],\"additionalProperties\":false}}"))
                .isEqualTo(JsonArraySchema.builder()
                        .items(JsonObjectSchema.builder()
                                .addIntegerProperty("x")
                                .required("x")
                                .additionalProperties(false)
                                .build())
                        .build());
    }

    @Test
    void limits_and_defaults_are_told_in_the_description_so_that_no_schema_becomes_raw() {
        assertThat(property("{\"type\":\"integer\",\"minimum\":1,\"default\":250,\"description\":\"How many\"}"))
                .isEqualTo(JsonIntegerSchema.builder()
                        .description("How many (default: 250, minimum: 1)")
                        .build());
        assertThat(property("{\"type\":\"string\",\"format\":\"uri\"}"))
                .isEqualTo(JsonStringSchema.builder()
                        .description("(format: \"uri\")")
                        .build());
    }

    @Test
    void a_type_that_may_be_null_is_the_other_type() {
        assertThat(property("{\"type\":[\"string\",\"null\"]}")).isEqualTo(new JsonStringSchema());
    }

    @Test
    void choices_are_any_of() {
        assertThat(property("{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}"))
                .isEqualTo(JsonAnyOfSchema.builder()
                        .anyOf(List.of(new JsonStringSchema(), new JsonIntegerSchema()))
                        .build());
    }

    @Test
    void references_find_their_definitions() {
        var schema = ToolParameters.of(
                Json.parse("{\"type\":\"object\",\"properties\":{\"p\":{\"$ref\":\"#/$defs/T\"}},"
                        + "\"$defs\":{\"T\":{\"type\":\"string\"}}}"),
                true);

        assertThat(schema.properties().get("p"))
                .isEqualTo(JsonReferenceSchema.builder().reference("T").build());
        assertThat(schema.definitions()).containsEntry("T", new JsonStringSchema());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"const\":5}",
                "{\"enum\":[1,2]}",
                "{\"allOf\":[{\"type\":\"string\"}]}",
                "{\"type\":[\"string\",\"integer\"]}",
                "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}",
                "{}"
            })
    void shapes_without_a_type_stay_as_they_are(String schema) {
        assertThat(property(schema)).isEqualTo(JsonRawSchema.from(schema));
    }

    @Test
    void shapes_without_a_type_are_texts_of_json_for_a_client_that_takes_no_raw_schema() {
        var schema = ToolParameters.of(
                Json.parse("{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"object\",\"description\":\"Prices\","
                        + "\"additionalProperties\":{\"type\":\"number\"}}}}"),
                false);
        assertThat(schema.properties().get("p"))
                .isEqualTo(JsonStringSchema.builder()
                        .description(
                                "Prices (a text that is JSON, of this schema: {\"type\":\"object\",\"description\":"
                                        + "\"Prices\",\"additionalProperties\":{\"type\":\"number\"}})")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "{}", "{\"type\":\"string\"}"})
    void parameters_that_are_no_object_are_refused(String schema) {
        assertThatThrownBy(() -> ToolParameters.of(Json.parse(schema), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no JSON schema of type object");
    }
}
