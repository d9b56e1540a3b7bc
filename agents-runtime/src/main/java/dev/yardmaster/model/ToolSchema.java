package dev.yardmaster.model;

import dev.yardmaster.event.Json;

/** A tool as a model is told about it. @param parameters a JSON schema of type object */
public record ToolSchema(String name, String description, Json parameters) {}
