package dev.yardmaster.tool;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a call let its agent know of a file, as data that is recorded with the call's result. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "saw")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Sighting.Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = Sighting.Lines.class, name = "lines"),
    @JsonSubTypes.Type(value = Sighting.Edited.class, name = "edited")
})
public sealed interface Sighting {

    /** The file's absolute path, links followed. */
    String file();

    /** The SHA-256 of its content then, in hexadecimal. */
    String sha256();

    /** All of it. */
    record Whole(String file, String sha256) implements Sighting {}

    /** Some lines. @param from the first, from 1 @param to the last, inclusive @param total how many the file has */
    record Lines(String file, String sha256, int from, int to, int total) implements Sighting {}

    /**
     * A change the agent made itself.
     *
     * @param sha256 of the content after it
     * @param line the first line that changed, from 1
     * @param before how many lines these were
     * @param after how many they are now
     */
    record Edited(String file, String sha256, int line, int before, int after) implements Sighting {}
}
