package dev.yardmaster.cli.output;

import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.ModelChoice;
import dev.yardmaster.dispatch.PassedOver;
import dev.yardmaster.dispatch.Route;
import dev.yardmaster.dispatch.RoutedSubtask;
import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.Evidence;
import dev.yardmaster.routing.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A router's decision, explained. */
public final class RouteText {

    /** Below this a model is asked, where there is one, unless {@code --sure} says otherwise. */
    private static final double SURE = ModelChoice.defaults().below();

    private final Screen screen;
    private final Paint paint;

    public RouteText(Screen screen) {
        this.screen = screen;
        this.paint = screen.paint();
    }

    /** The decision, the candidates with their scores and what they were found by. */
    public void show(Match match) {
        show(match, List.of());
    }

    /** Who gets the task and why, without those who do not. */
    public void decision(Route route) {
        String chosen = route.match().chosen().map(SafeText::line).orElse("nobody");
        screen.line(paint.bold("Route") + "  " + paint.bold(chosen)
                + paint.faint(" · " + route.match().stage().inWords()));
        screen.text("  ", SafeText.line(route.match().reason()));
        passedOver(route);
    }

    /** Who got a subtask that an agent handed on without naming anybody. */
    public void handedOn(Route route) {
        String chosen = route.match().chosen().map(SafeText::line).orElse("nobody");
        screen.line("  → handed on to " + paint.bold(chosen)
                + paint.faint(" · " + route.match().stage().inWords()));
        screen.text("    ", SafeText.line(route.match().reason()));
        route.passedOver().forEach(each -> passedOver("    ", each));
    }

    /** The same for a run that is over. @param place who handed it on */
    public void handedOn(Happening.Place place, Route route) {
        screen.line(paint.bold("Route") + "  " + SafeText.line(place.agent() + " at " + place.node()));
        handedOn(route);
    }

    /** Who does a part of a plan, and why. */
    public void part(RoutedSubtask part) {
        Route route = part.route();
        screen.line("  " + SafeText.line(part.id()) + " · "
                + paint.bold(route.match().chosen().map(SafeText::line).orElse("nobody"))
                + paint.faint(" · " + route.match().stage().inWords()));
        screen.text("    ", SafeText.line(route.match().reason()));
        route.passedOver().forEach(each -> passedOver("    ", each));
    }

    private void passedOver(Route route) {
        route.passedOver().forEach(each -> passedOver("  ", each));
    }

    private void passedOver(String indent, PassedOver each) {
        screen.text(indent, SafeText.line(each.agent() + " was passed over: " + each.why()));
    }

    /** A recorded decision, and who would have been better and cannot work here. */
    public void show(Route route) {
        candidates(route.match(), route.undecided());
        passedOver(route);
    }

    /** The same before anything is done about it. @param undecided among whom a model is to decide */
    public void show(Match match, List<String> undecided) {
        candidates(match, undecided);
        if (isRanked(match) && undecided.isEmpty() && match.confidence() > 0 && match.confidence() < SURE) {
            screen.text(
                    "  ",
                    "Not sure: name who is to do it, by @name in the task or --agent, or let a model choose (--model).");
        }
    }

    private static boolean isRanked(Match match) {
        return match.stage() == Match.Stage.LEXICAL || match.stage() == Match.Stage.HYBRID;
    }

    private void candidates(Match match, List<String> undecided) {
        String chosen = match.chosen().map(SafeText::line).orElse("nobody");
        if (undecided.isEmpty()) {
            screen.line(paint.bold("Route") + "  " + paint.bold(chosen)
                    + paint.faint(" · " + match.stage().inWords()));
        } else {
            screen.line(paint.bold("Route") + "  " + paint.bold("not decided"));
            screen.text(
                    "  ",
                    (match.chosen().isPresent()
                                    ? "The router is " + Math.round(100 * match.confidence()) + " % sure of " + chosen
                                    : "The router found nobody near enough")
                            + "; the model chooses among these, or none.");
        }
        boolean ranked = isRanked(match);
        if (!ranked && undecided.isEmpty()) {
            screen.text("  ", SafeText.line(match.reason()));
        }
        if (ranked
                && match.reason().startsWith("there is no @")
                && match.reason().contains("(did you mean @")) {
            screen.text("  ", SafeText.line(match.reason().replaceFirst("; .*", "")));
        }
        int names = match.candidates().stream()
                .mapToInt(each -> Columns.of(SafeText.line(each.agent())))
                .max()
                .orElse(0);
        Optional<Marked> marked = Marked.of(match, !undecided.isEmpty());
        for (Candidate each : match.candidates()) {
            boolean arrow = undecided.isEmpty() && match.chosen().equals(Optional.of(each.agent()));
            candidate(each, Math.min(names, Math.max(8, screen.width() - 21)), match, arrow, marked);
        }
    }

    /** The candidate that is told of besides the chosen one, and as what. */
    private record Marked(String agent, String role) {

        static Optional<Marked> of(Match match, boolean undecided) {
            Optional<String> first =
                    match.candidates().stream().map(Candidate::agent).findFirst();
            if (undecided) {
                return match.chosen().map(name -> new Marked(name, "the router's first"));
            }
            return switch (match.stage()) {
                case LEXICAL, HYBRID -> match.runnerUp().map(candidate -> new Marked(candidate.agent(), "runner-up"));
                case MODEL ->
                    first.filter(name -> !match.chosen().equals(Optional.of(name)))
                            .map(name -> new Marked(name, "the router's first"));
                case DECLINED -> first.map(name -> new Marked(name, "nearest"));
                case MENTION, RULE -> Optional.empty();
            };
        }
    }

    private void candidate(Candidate each, int names, Match match, boolean chosen, Optional<Marked> marked) {
        String name = Columns.pad(Columns.cut(SafeText.line(each.agent()), names), names);
        String score = String.format(Locale.ROOT, "%6.1f", each.score());
        Optional<String> role =
                marked.filter(mark -> mark.agent().equals(each.agent())).map(Marked::role);
        String line = (chosen ? "  → " : "    ")
                + name
                + score
                + role.map(text -> "  " + text).orElse("");
        screen.line(chosen ? paint.good(line) : line);
        var found = new ArrayList<String>();
        if (!each.words().isEmpty()) {
            found.add("by "
                    + String.join(
                            ", ", each.words().stream().map(SafeText::line).toList()));
        }
        each.example().ifPresent(example -> found.add("example: \"" + SafeText.line(example) + "\""));
        if (chosen) {
            made(match, each.evidence()).ifPresent(found::add);
        }
        List<String> lines = found.stream()
                .flatMap(text -> Columns.wrap(text, screen.width() - 6).stream())
                .map(text -> "      " + paint.faint(text))
                .toList();
        if (chosen || !each.words().isEmpty() && role.isPresent()) {
            screen.lines(lines);
        }
    }

    /** How sure the router is, and what the score is made of where there is more than one thing to tell. */
    private static Optional<String> made(Match match, Evidence evidence) {
        var parts = new ArrayList<String>();
        if (match.confidence() > 0 && match.confidence() < 1) {
            parts.add(Math.round(100 * match.confidence()) + " % sure");
        }
        if (evidence.words() > 0 && (evidence.examples() != 0 || evidence.meaning() > 0)) {
            parts.add(points("words", evidence.words()));
        }
        if (Math.abs(evidence.examples()) >= 0.05) {
            parts.add(points("examples", evidence.examples()));
        }
        if (evidence.meaning() > 0) {
            parts.add(points("meaning", evidence.meaning()));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private static String points(String what, double points) {
        return String.format(Locale.ROOT, "%s %.1f", what, points);
    }
}
