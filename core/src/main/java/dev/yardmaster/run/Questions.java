package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run has asked and was answered, and who waits. Guarded by the run's lock. */
final class Questions {

    private final RunId run;
    private final Map<String, Question> asked = new HashMap<>();
    private final Map<String, Question> open = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    /** Which node waits, by question, or by the timer that it waits for. */
    private final Map<String, NodePath> waiting = new HashMap<>();

    Questions(RunId run) {
        this.run = run;
    }

    /** What a run had asked and was answered when it was resumed. */
    static Questions of(RunId run, List<RunEvent.Recorded> entries) {
        var questions = new Questions(run);
        for (RunEvent.Recorded each : entries) {
            if (each.entry().fact() instanceof Fact.QuestionAsked asked) {
                questions.ask(asked.id(), asked.question());
            } else if (each.entry().fact() instanceof Fact.QuestionAnswered answered) {
                questions.take(answered.answer());
            }
        }
        return questions;
    }

    /** Takes note of a question; false when it was asked before. */
    boolean ask(String id, Question question) {
        boolean fresh = asked.putIfAbsent(id, question) == null;
        if (fresh) {
            open.put(id, question);
        }
        return fresh;
    }

    /** The question as it was asked first. */
    Question asked(String id) {
        return asked.get(id);
    }

    boolean isOpen(String id) {
        return open.containsKey(id);
    }

    /** @throws AnswerRefusedException when it fits no open question */
    void check(Answer answer) {
        Question question = open.get(answer.question());
        Answer before = answers.get(answer.question());
        if (question == null && before != null) {
            throw new AnswerRefusedException("question '" + answer.question() + "' of run '" + run + "' was answered '"
                    + before.choice() + "' by " + before.by() + "; the first answer counts");
        }
        if (question == null) {
            throw new AnswerRefusedException("run '" + run + "' has no open question '" + answer.question()
                    + "'; open: " + (open.isEmpty() ? "none" : String.join(", ", open.keySet())));
        }
        if (!question.choices().isEmpty() && !question.choices().contains(answer.choice())) {
            throw new AnswerRefusedException("'" + answer.choice() + "' is no answer to question '" + answer.question()
                    + "'; answer one of " + String.join(", ", question.choices()));
        }
    }

    /** Takes an answer to an open question. */
    void take(Answer answer) {
        open.remove(answer.question());
        waiting.remove(answer.question());
        answers.put(answer.question(), answer);
    }

    Optional<Answer> find(String id) {
        return Optional.ofNullable(answers.get(id));
    }

    void await(String id, NodePath node) {
        waiting.put(id, node);
    }

    void giveUp(String id) {
        waiting.remove(id);
    }

    int open() {
        return open.size();
    }

    /** How many nodes wait for an answer or a time that has not come. */
    int waitingNodes() {
        return waiting.isEmpty()
                ? 0
                : (int) waiting.values().stream().distinct().count();
    }
}
