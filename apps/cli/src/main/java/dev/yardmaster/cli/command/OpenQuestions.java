package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.run.AnswerRefusedException;
import dev.yardmaster.run.Orchestrator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The questions that a run waits to be answered, by the numbers that {@code show} gives them. */
final class OpenQuestions {

    private final RunId run;
    private final Map<String, Question> questions;
    private final List<String> ids;

    OpenQuestions(RunId run, Map<String, Question> questions) {
        this.run = run;
        this.questions = questions;
        this.ids = new ArrayList<>(questions.keySet());
    }

    /**
     * Answers one of them.
     *
     * @param question its number, or its id
     * @param answer makes the answer to the question with this id
     * @throws UsageException when there is no such question
     * @throws YardmasterException when somebody was quicker
     */
    void answer(Orchestrator orchestrator, String question, Function<String, Answer> answer) {
        String id = id(question);
        try {
            orchestrator.answer(run, answer.apply(id));
        } catch (AnswerRefusedException e) { // somebody was quicker
            throw new YardmasterException(String.valueOf(e.getMessage())
                    .replace("question '" + id + "'", "question " + (ids.indexOf(id) + 1)));
        }
    }

    private String id(String question) {
        if (question.matches("\\d{1,4}")) {
            int number = Integer.parseInt(question);
            if (number >= 1 && number <= ids.size()) {
                return ids.get(number - 1);
            }
        } else if (questions.containsKey(question)) {
            return question;
        }
        throw new UsageException("run '" + run + "' has no question " + question + " that waits for an answer"
                + (ids.isEmpty()
                        ? ", nor any other"
                        : ids.size() == 1 ? "; there is question 1" : "; there are questions 1 to " + ids.size())
                + ": yardmaster show " + run);
    }

    /** The same question. @throws UsageException when this is none of its choices */
    String checked(String id, String choice) {
        List<String> choices = questions.get(id).choices();
        if (!choices.isEmpty() && !choices.contains(choice)) {
            throw new UsageException("'" + choice + "' is no answer to this question" + DidYouMean.hint(choice, choices)
                    + " (choose one of " + String.join(", ", choices) + ")");
        }
        return id;
    }
}
