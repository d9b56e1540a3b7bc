package dev.yardmaster.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A piece of a message's content. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "part")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Part.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Part.Image.class, name = "image")
})
public sealed interface Part {

    record Text(String text) implements Part {}

    /** @param mediaType such as {@code image/png} @param base64 the image's bytes */
    record Image(String mediaType, String base64) implements Part {}
}
