package dev.yardmaster.dispatch;

import dev.yardmaster.event.DidYouMean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with a plan by itself, before anybody is found to do it. */
final class PlanCheck {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final Set<String> RESERVED = Set.of(PlanGraph.BEGIN, "END");

    private final Map<String, Subtask> byId = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private PlanCheck() {}

    static List<String> problems(List<Subtask> subtasks) {
        var check = new PlanCheck();
        if (subtasks.isEmpty()) {
            return List.of("it has no subtasks; give it at least one");
        }
        subtasks.forEach(check::named);
        subtasks.forEach(check::whole);
        check.cycle().ifPresent(check.problems::add);
        return check.problems;
    }

    private void named(Subtask subtask) {
        String id = subtask.id();
        if (!ID.matcher(id).matches()) {
            problems.add(
                    "the id '" + id + "' is not usable: letters, digits, - and _, beginning with a letter or digit");
        } else if (RESERVED.contains(id)) {
            problems.add("the id '" + id + "' has a meaning of its own; choose another");
        }
        if (byId.putIfAbsent(id, subtask) != null) {
            problems.add("two subtasks are called '" + id + "'; rename one");
        }
    }

    private void whole(Subtask subtask) {
        String at = "subtask '" + subtask.id() + "' ";
        if (subtask.task().isBlank()) {
            problems.add(at + "says nothing of what is to be done; give it a task");
        }
        if (subtask.acceptance().stream().allMatch(String::isBlank)) {
            problems.add(at + "has no acceptance; say what can be checked when it is done");
        }
        if (subtask.outputs().stream().allMatch(String::isBlank)) {
            problems.add(at + "has no outputs; say what it leaves behind");
        }
        for (String needed : subtask.after()) {
            if (needed.equals(subtask.id())) {
                problems.add(at + "comes after itself; take that out");
            } else if (!byId.containsKey(needed)) {
                problems.add(at + "comes after '" + needed + "', which is no subtask"
                        + DidYouMean.hint(needed, byId.keySet()));
            }
        }
    }

    private Optional<String> cycle() {
        var done = new HashSet<String>();
        for (String id : byId.keySet()) {
            Optional<List<String>> found = cycle(id, new LinkedHashSet<>(), done);
            if (found.isPresent()) {
                return found.map(path ->
                        "these subtasks wait for each other: " + String.join(" → ", path) + "; take one 'after' out");
            }
        }
        return Optional.empty();
    }

    /** The way from {@code id} back to itself over what comes after what, if there is one; as deep as the plan is long. */
    private Optional<List<String>> cycle(String id, LinkedHashSet<String> way, Set<String> done) {
        if (!way.add(id)) {
            var path = new ArrayList<>(way);
            path = new ArrayList<>(path.subList(path.indexOf(id), path.size()));
            path.add(id);
            return Optional.of(path);
        }
        if (!done.contains(id)) {
            for (String needed : byId.get(id).after()) {
                if (byId.containsKey(needed) && !needed.equals(id)) {
                    Optional<List<String>> found = cycle(needed, way, done);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            done.add(id);
        }
        way.remove(id);
        return Optional.empty();
    }
}
