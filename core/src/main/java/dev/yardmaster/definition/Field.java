package dev.yardmaster.definition;

/**
 * A key of the front matter with its value.
 *
 * @param at where the key stands
 */
record Field(String key, FieldValue value, FilePosition at) {}
