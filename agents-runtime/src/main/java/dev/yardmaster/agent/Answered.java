package dev.yardmaster.agent;

/** What an agent answered in a form that was asked for. @param result of the work that led to it */
public record Answered<T>(T answer, AgentResult result) {}
