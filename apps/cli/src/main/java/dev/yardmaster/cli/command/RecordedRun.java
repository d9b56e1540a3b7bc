package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.RunView;
import dev.yardmaster.undo.Undo;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about one run that need no agents: they read and leave word. */
final class RecordedRun {

    private RecordedRun() {}

    /** {@code show RUN}. */
    @Command(
            name = "show",
            header = "Show what a run did and what it waits for",
            description = {
                "Its nodes, what failed, the questions that wait, and with --entries every entry of its journal with its"
                        + " number, for 'fork --at'.",
                "",
                "Example:",
                "  yardmaster show 20260301-143005-k3v9qz"
            })
    static final class Show implements Callable<Integer> {

        @Mixin
        private Common common;

        @Parameters(
                paramLabel = "RUN",
                arity = "0..1",
                description = "Its name, or how that ends; the newest if left out")
        private @Nullable String name;

        @Option(names = "--entries", description = "Every entry of its journal, a line each")
        private boolean entries;

        Show(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (var journal = Store.existing(common.caller())) {
                RunSummary run = named(journal, name);
                var text = new RunText(common.screen(), run, view(journal, run));
                if (entries) {
                    text.entries();
                } else {
                    text.summary(Store.originals(common.caller()).find(run.id()).flatMap(Undo::undone));
                }
                return Exit.DONE;
            }
        }
    }

    /** {@code answer RUN QUESTION CHOICE}. */
    @Command(
            name = "answer",
            header = "Answer a question that a run waits for",
            description = {
                "The first answer counts. A run that is going on takes it at once, any other when it is resumed.",
                "",
                "Example:",
                "  yardmaster answer k3v9qz 1 deny --reason \"use the test database\"",
                "  yardmaster answer k3v9qz 1 allow --arguments '{\"command\": \"npm test\"}'"
            })
    static final class AnswerCommand implements Callable<Integer> {

        @Mixin
        private Common common;

        @Parameters(index = "0", paramLabel = "RUN", description = "Its name, how that ends, or 'last'")
        private String name = "";

        @Parameters(index = "1", paramLabel = "QUESTION", description = "Its number as 'show' lists it, or its id")
        private String question = "";

        @Parameters(
                index = "2",
                paramLabel = "CHOICE",
                description = "One of its choices, such as allow, always or deny")
        private String choice = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the agent is told")
        private String reason = "";

        @Option(
                names = "--always",
                description = "Allow this very call until the work is over: 'allow --always' is the choice always")
        private boolean always;

        @Option(
                names = "--arguments",
                paramLabel = "JSON",
                description =
                        "What the call is to be run with instead, such as '{\"command\": \"npm test\"}'; the agent is told")
        private @Nullable String arguments;

        AnswerCommand(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            var journal = Store.existing(common.caller());
            try (var orchestrator = Orchestrator.builder()
                    .journal(journal)
                    .redact(Recording.secrets(common.caller()))
                    .build()) {
                RunSummary run = Store.find(journal, name);
                var open = new OpenQuestions(run.id(), view(journal, run).questions());
                String by = common.caller().variable("USER").orElse("command line");
                open.answer(orchestrator, question, id -> answer(open.checked(id, always ? "always" : choice), by));
                common.screen()
                        .line(
                                run.owned()
                                        ? "answered; the run goes on"
                                        : "answered; go on with: yardmaster resume " + run.id());
                return Exit.DONE;
            }
        }

        private Answer answer(String id, String by) {
            if (always && !choice.equals("allow") && !choice.equals("always")) {
                throw new UsageException("--always goes with allow, not with '" + choice + "'");
            }
            var answer = new Answer(id, always ? "always" : choice, reason, by);
            if (arguments == null) {
                return answer;
            }
            if (!answer.choice().equals("allow")) {
                throw new UsageException("--arguments goes with allow alone: the call runs once, with these");
            }
            return answer.withArguments(object(arguments));
        }

        private static Json object(String text) {
            try {
                Json json = Json.parse(text);
                if (json.text().startsWith("{")) {
                    return json;
                }
            } catch (InvalidJsonException e) {
                throw new UsageException("--arguments takes a JSON object: " + e.getMessage());
            }
            throw new UsageException("--arguments takes a JSON object, such as '{\"command\": \"npm test\"}'");
        }
    }

    /** {@code cancel RUN}. */
    @Command(
            name = "cancel",
            header = "Cancel a run",
            description = {
                "What it is doing is interrupted; it cannot be resumed after that.",
                "",
                "Example:",
                "  yardmaster cancel k3v9qz"
            })
    static final class Cancel implements Callable<Integer> {

        @Mixin
        private Common common;

        @Parameters(paramLabel = "RUN", description = "Its name, how that ends, or 'last'")
        private String name = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why")
        private String reason = "cancelled from the command line";

        Cancel(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            var journal = Store.existing(common.caller());
            try (var orchestrator = Orchestrator.builder()
                    .journal(journal)
                    .redact(Recording.secrets(common.caller()))
                    .build()) {
                RunSummary run = Store.find(journal, name);
                if (run.status().isEnd()) {
                    throw new UsageException("run '" + run.id() + "' is " + RunsCommand.word(run) + " already");
                }
                orchestrator.cancel(run.id(), reason);
                common.screen().line(run.owned() ? "asked its process to cancel it" : "cancelled");
                return Exit.DONE;
            }
        }
    }

    /** {@code export RUN}. */
    @Command(
            name = "export",
            header = "Write a run's journal as JSON lines",
            description = {
                "One entry a line, in order: v, run, offset, at, type, version, path and what it says.",
                "",
                "Example:",
                "  yardmaster export k3v9qz > run.jsonl"
            })
    static final class Export implements Callable<Integer> {

        @Mixin
        private Common common;

        @Parameters(
                paramLabel = "RUN",
                arity = "0..1",
                description = "Its name, or how that ends; the newest if left out")
        private @Nullable String name;

        Export(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (var journal = Store.existing(common.caller())) {
                RunSummary run = named(journal, name);
                for (RunEvent.Recorded each : journal.read(run.id(), 0)) {
                    common.caller().out().println(RunText.json(each, Recording.secrets(common.caller())));
                }
                common.caller().out().flush();
                return Exit.DONE;
            }
        }
    }

    private static RunSummary named(Journal journal, @Nullable String name) {
        return Optional.ofNullable(name)
                .map(each -> Store.find(journal, each))
                .orElseGet(() -> Store.newest(journal, run -> true, "could be shown"));
    }

    private static RunView view(Journal journal, RunSummary run) {
        return RunView.of(run.id(), journal.read(run.id(), 0));
    }
}
