package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.State;
import dev.yardmaster.routing.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What planner, specialists and reporter are told. */
final class PlanPrompts {

    private static final List<String> LOOKING = List.of("Read", "Glob", "Grep", "LS");
    private static final int DESCRIBED = 40;
    private static final int LONGEST = 200;

    private final AgentRuntime runtime;
    private final Dispatcher dispatcher;

    PlanPrompts(AgentRuntime runtime, Dispatcher dispatcher) {
        this.runtime = runtime;
        this.dispatcher = dispatcher;
    }

    /** Who makes plans: may look at the workspace and change nothing. */
    AgentDefinition planner() {
        return looking(AgentDefinition.of("planner", "Breaks a goal into subtasks for specialists.", """
                You break a goal into subtasks, each for one specialist, and do none of them yourself.

                - What one specialist can do stays one subtask. Split only where different skills are needed, or where \
                parts can be done side by side.
                - A specialist sees only its own subtask, and the results of the subtasks that it comes after. Write \
                each task so that it can be understood alone: name files, interfaces, constraints.
                - Let a subtask come after another one only when it needs its result.
                - Say for each what can be checked when it is done, and what it leaves behind.
                - Look at the workspace first where that helps to name things as they are there."""));
    }

    /** Who says what came of a plan. */
    AgentDefinition reporter() {
        return looking(AgentDefinition.of("reporter", "Says what came of a plan.", """
                You are given a goal and what specialists did for it. Answer the person who set the goal: what was \
                done, what was found, what is not done and why. Say nothing that the results do not say; where they \
                contradict each other, say so."""));
    }

    private AgentDefinition looking(AgentDefinition agent) {
        Set<String> here = Set.copyOf(runtime.toolsOf(agent).names());
        return agent.withTools(LOOKING.stream().filter(here::contains).toArray(String[]::new));
    }

    /** What the planner is asked: the goal, who is there, and what stood against its last proposal. */
    String goal(State state) {
        String goal = state.get(Dispatcher.TASK);
        var parts = new ArrayList<String>();
        parts.add("# The goal\n\n" + goal);
        parts.add("# The specialists\n\n" + specialists(goal));
        List<Attempt> done =
                state.get(Planning.ATTEMPTS).stream().filter(Attempt::isDone).toList();
        if (!done.isEmpty()) {
            parts.add("# Done already\n\nDo not plan it again; name in your tasks what is needed of it.\n\n"
                    + results(done));
        }
        List<Objection> objections = state.get(Planning.OBJECTIONS);
        if (!objections.isEmpty()) {
            parts.add("# Your last plan\n\n"
                    + state.find(Planning.PROPOSAL)
                            .map(plan -> Json.of(plan).text())
                            .orElse(""));
            Objection last = objections.getLast();
            parts.add(
                    switch (last.kind()) {
                        case CHECK -> "It cannot be run:\n\n" + last.text() + "\n\nMake a plan without these problems.";
                        case SPLIT -> "It is not worth splitting:\n\n" + last.text();
                        case PERSON ->
                            "The person who set the goal wants it otherwise:\n\n" + last.text()
                                    + "\n\nMake the plan that they want.";
                        case FAILURE ->
                            "It was run, and this was not done:\n\n" + last.text()
                                    + "\n\nPlan only what is missing, and do it another way.";
                    });
        }
        return String.join("\n\n", parts);
    }

    /** All of them; of very many, those that may fit with what they do, the others by name. */
    private String specialists(String goal) {
        List<AgentDefinition> all = runtime.catalog().all();
        if (all.size() <= DESCRIBED) {
            return all.stream().map(PlanPrompts::described).collect(Collectors.joining("\n"));
        }
        Set<String> near = Stream.concat(Stream.of(goal), Stream.of(goal.split("(?<=[.;!?])\\s+|\\R+")))
                .flatMap(part -> dispatcher.match(part, List.of()).candidates().stream())
                .map(Candidate::agent)
                .distinct()
                .limit(DESCRIBED)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String others = all.stream()
                .map(AgentDefinition::name)
                .filter(name -> !near.contains(name))
                .collect(Collectors.joining(", "));
        return near.stream()
                        .map(runtime.catalog()::get)
                        .map(PlanPrompts::described)
                        .collect(Collectors.joining("\n"))
                + "\n\nOthers, by name: " + others;
    }

    private static String described(AgentDefinition agent) {
        return "- " + agent.inOneLine(LONGEST);
    }

    /** What a specialist is asked. @param attempts those made for this plan so far */
    static String part(RoutedPlan plan, Subtask subtask, List<Attempt> attempts) {
        var parts = new ArrayList<String>();
        parts.add(subtask.task());
        parts.add("It counts as done when:\n" + listed(subtask.acceptance()));
        parts.add("It is to leave behind:\n" + listed(subtask.outputs()));
        if (!plan.isWhole()) {
            parts.add("It is one part of a larger goal; others do the other parts, you do this one only. The goal:\n\n"
                    + plan.goal());
        }
        subtask.after().stream()
                .flatMap(id -> Attempt.last(attempts, id).stream())
                .forEach(before -> parts.add("## What came of '" + before.subtask() + "'\n\n" + before.text()));
        Attempt.last(attempts, subtask.id())
                .ifPresent(
                        failed -> parts.add("## Before you\n\n" + failed.agent().orElse("Another agent")
                                + " tried this and was stopped: " + failed.text()
                                + "\n\nLook at what is there already before you begin."));
        return String.join("\n\n", parts);
    }

    private static String listed(List<String> items) {
        return "- " + String.join("\n- ", items);
    }

    /** Attempts in words. */
    static String results(List<Attempt> attempts) {
        return attempts.stream()
                .map(attempt -> "## " + attempt.subtask()
                        + attempt.agent().map(name -> " (" + name + ")").orElse("") + ": "
                        + attempt.status().name().toLowerCase(Locale.ROOT) + "\n\n" + attempt.text()
                        + (attempt.open().isEmpty()
                                ? ""
                                : "\n\nNot shown by the agent's own calls:\n" + listed(attempt.open())))
                .collect(Collectors.joining("\n\n"));
    }

    /** What the reporter is asked. */
    String report(State state) {
        return "# The goal\n\n" + state.get(Dispatcher.TASK) + "\n\n# What was done\n\n"
                + results(state.get(Planning.ATTEMPTS));
    }
}
