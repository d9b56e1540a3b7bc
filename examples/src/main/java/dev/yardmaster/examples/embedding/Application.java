package dev.yardmaster.examples.embedding;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.examples.ExampleModel;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.run.Orchestrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the application puts its objects together: once, at its start. */
public final class Application {

    static final String DIFF = """
            --- a/limits.py
            +++ b/limits.py
            @@ -1 +1 @@
            -MAX_UPLOAD = 10 * MB
            +MAX_UPLOAD = 10 * GB
            """;

    private static final AgentDefinition REVIEWER = AgentDefinition.of(
                    "change-reviewer",
                    "Reviews changes before they are merged",
                    "You review a change. Run the checks with 'sh checks.sh', then judge.")
            .withTools("Read", "Grep", "Glob", "Bash");

    private Application() {}

    static ReviewService reviews(Path repository, Model model, Orchestrator orchestrator) {
        var runtime = AgentRuntime.builder()
                .agents(REVIEWER)
                .model(model)
                .workspace(repository)
                .build();
        return new ReviewService(runtime, orchestrator);
    }

    /** A repository with a check in it. */
    static Path prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("checks.sh"), "echo '12 checks passed'\n");
        return folder;
    }

    /** What the model would say; its first verdict contradicts itself and goes back to it. */
    static ScriptedModel script() {
        return ScriptedModel.replies(
                "change-reviewer",
                ScriptedReply.call("Bash", Map.of("command", "sh checks.sh")).capture("checks", "[0-9]+ checks \\w+"),
                ScriptedReply.say("""
                        {"mergeable": true, "remarks": [
                          {"file": "limits.py", "weight": "BLOCKING", "text": "a thousand times more than before"}]}"""),
                ScriptedReply.say("""
                        {"mergeable": false, "remarks": [
                          {"file": "limits.py", "weight": "BLOCKING", "text": "a thousand times more than before"},
                          {"file": "checks.sh", "weight": "ADVICE", "text": "${checks}, none of them looks at limits"}]}"""));
    }

    public static void main(String[] args) throws Exception {
        Path repository = prepare(Files.createTempDirectory("embedding"));
        try (var orchestrator = Orchestrator.inMemory()) {
            ReviewService reviews = reviews(repository, ExampleModel.choose(script(), args), orchestrator);
            ReviewService.Progress progress = reviews.review("4711", DIFF);
            while (progress instanceof ReviewService.Progress.Waiting waiting) {
                var question = waiting.questions().entrySet().iterator().next();
                System.out.println("asked: " + question.getValue() + " - allowed");
                progress = reviews.decide("4711", question.getKey(), true, "example");
            }
            System.out.println(
                    switch (progress) {
                        case ReviewService.Progress.Done done -> done.review();
                        case ReviewService.Progress.Failed failed ->
                            throw new YardmasterException("the review failed: " + failed.why());
                        case ReviewService.Progress.Waiting waiting -> waiting.questions();
                    });
        }
    }
}
