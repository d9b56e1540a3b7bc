package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.State;
import dev.yardmaster.workflow.Workflow;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow's input as it is typed: {@code k=v}, {@code k=@file}, {@code k=@@text} for a text that begins with an at. */
final class WorkflowInput {

    private final Caller caller;
    private final Workflow workflow;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private WorkflowInput(Caller caller, Workflow workflow) {
        this.caller = caller;
        this.workflow = workflow;
    }

    /** @throws UsageException when something is missing, unknown or does not fit; names all of it */
    static State of(Caller caller, Workflow workflow, List<String> typed) {
        var input = new WorkflowInput(caller, workflow);
        typed.forEach(input::add);
        workflow.required().forEach((channel, why) -> {
            if (!input.values.containsKey(channel)) {
                input.problems.add("'" + channel + "' is missing: " + why + "; give it with --input " + channel + "=…");
            }
        });
        if (!input.problems.isEmpty()) {
            throw new UsageException("workflow '" + workflow.name() + "' cannot be run on this input:\n  - "
                    + String.join("\n  - ", input.problems));
        }
        return workflow.input(input.values);
    }

    private void add(String typed) {
        int equals = typed.indexOf('=');
        if (equals < 1) {
            problems.add("'" + typed + "' is no input; write --input CHANNEL=VALUE");
            return;
        }
        String name = typed.substring(0, equals).strip();
        if (!workflow.channels().containsKey(name)) {
            problems.add("there is no channel '" + name + "'; there are "
                    + String.join(
                            ", ", workflow.channels().keySet().stream().sorted().toList())
                    + DidYouMean.hint(name, workflow.channels().keySet()));
            return;
        }
        if (values.containsKey(name)) {
            problems.add("'" + name + "' is given twice; texts are given at once: " + name + "=a,b");
            return;
        }
        String given = typed.substring(equals + 1);
        values.put(name, given);
        try {
            String value = given.startsWith("@@")
                    ? given.substring(1)
                    : given.startsWith("@") ? content(name, given.substring(1)) : given;
            values.put(name, value);
            workflow.input(Map.of(name, value));
        } catch (IOException e) {
            problems.add(name + "=" + given + ": " + why(e));
        } catch (YardmasterException e) {
            problems.add(e.getMessage());
        }
    }

    private String content(String name, String file) throws IOException {
        String content = Files.readString(caller.path(file));
        Type type = workflow.channels().get(name).type();
        String begins = content.stripLeading();
        if (type == String.class || begins.startsWith("[") || begins.startsWith("{")) {
            return content;
        }
        if (type == Double.class || type == Boolean.class || type == Json.class) {
            return content.strip();
        }
        return Json.of(content.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList())
                .text();
    }

    private static String why(IOException problem) {
        return switch (problem) {
            case NoSuchFileException missing -> "there is no such file; @ reads a file, @@ begins a text with an at";
            case CharacterCodingException coding -> "the file is not UTF-8 text; save it as UTF-8";
            default ->
                "it cannot be read (" + FileTrouble.of(problem) + "); check that it is a file and that you may read it";
        };
    }
}
