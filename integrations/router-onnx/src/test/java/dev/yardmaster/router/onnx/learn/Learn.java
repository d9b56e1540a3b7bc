package dev.yardmaster.router.onnx.learn;

import dev.yardmaster.router.onnx.MiniLm;
import dev.yardmaster.routing.RoutingReport.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Learns what {@code MiniLm} looks for, which {@code integrations/router-onnx/learn} starts: prints tables in markdown. */
final class Learn {

    private static final Path HOME = Path.of(System.getProperty("learn.home", "."));
    private static final Path SHIPPED = HOME.resolve("src/main/resources/dev/yardmaster/router/onnx/tasks.f16");
    private static final String ASKED = "asked.f16";
    private static final Path BY_HAND = HOME.resolve("src/test/resources/tasks");
    private static final Path CACHE = HOME.resolve("target/learn/vectors");
    private static final int FOLDS = 5;

    private final Turned model = Turned.not(MiniLm.load());
    private final List<Labelled> given = new ArrayList<>();
    private final List<Labelled> byHand = new ArrayList<>();

    private Learn() {}

    /**
     * @param folds whether to measure on what was not learned from, in place of learning from all
     * @param seed by which the first collection is cut
     * @param pairs {@code QUERIES.jsonl=AGENTS_DIR}
     */
    private record Options(boolean folds, int seed, Path shared, Path to, List<String> pairs) {

        static Options of(String[] args) {
            var options = new Options(false, 0, HOME.resolve("../../../shared").normalize(), SHIPPED, List.of());
            Iterator<String> rest = List.of(args).iterator();
            while (rest.hasNext()) {
                options = options.with(rest.next(), rest);
            }
            return options;
        }

        private Options with(String arg, Iterator<String> rest) {
            return switch (arg) {
                case "--folds" -> new Options(true, seed, shared, to, pairs);
                case "--seed" -> new Options(folds, Integer.parseInt(value(arg, rest)), shared, to, pairs);
                case "--shared" -> new Options(folds, seed, Path.of(value(arg, rest)), to, pairs);
                case "--to" -> new Options(folds, seed, shared, Path.of(value(arg, rest)), pairs);
                default -> {
                    if (arg.startsWith("-") || !arg.contains("=")) {
                        throw new IllegalArgumentException(
                                "'" + arg + "' is neither QUERIES.jsonl=AGENTS_DIR nor one of"
                                        + " --folds, --seed N, --shared DIR and --to FILE");
                    }
                    yield new Options(
                            folds,
                            seed,
                            shared,
                            to,
                            Stream.concat(pairs.stream(), Stream.of(arg)).toList());
                }
            };
        }

        private static String value(String option, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return rest.next();
        }
    }

    /** @param args {@code [--folds] [--seed N] [--shared DIR] [--to FILE] [QUERIES.jsonl=AGENTS_DIR …]} */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        try {
            Options options = Options.of(args);
            var learn = new Learn();
            learn.read(options.pairs(), options.shared());
            if (options.folds()) {
                learn.folds(options.seed());
            } else {
                learn.all(options.to());
            }
        } catch (IllegalArgumentException e) {
            System.err.println("learn: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("learn: cannot read or write " + e.getMessage());
            System.exit(1);
        }
    }

    private void read(List<String> pairs, Path shared) throws IOException {
        Path corpus = shared.resolve("corpus/agents");
        if (!Files.isDirectory(corpus)) {
            throw new IllegalArgumentException(
                    "there is no folder '" + corpus + "'; say with --shared DIR where corpus and routing are");
        }
        if (pairs.isEmpty()) {
            for (String name : List.of("davila7+claude-code-templates", "laywill+awesome-claude-code-subagents")) {
                given.add(read(shared.resolve("routing/queries/" + name + ".jsonl"), corpus.resolve(name), false));
            }
        }
        for (String pair : pairs) {
            String[] parts = pair.split("=", 2);
            given.add(read(Path.of(parts[0]), Path.of(parts[1]), false));
        }
        try (Stream<Path> files = Files.list(BY_HAND)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".jsonl", "");
                byHand.add(read(file, corpus.resolve(name), true));
            }
        }
    }

    private Labelled read(Path queries, Path agents, boolean hand) throws IOException {
        System.err.println("reading " + queries.getFileName());
        return Labelled.read(queries, agents, hand, model, CACHE);
    }

    private List<Labelled> everything() {
        return Stream.concat(given.stream(), byHand.stream()).toList();
    }

    private static List<Choice> choices(List<Labelled> some) {
        return some.stream().flatMap(each -> each.choices().stream()).toList();
    }

    /** Learns from all there is, and writes it. */
    private void all(Path to) throws IOException {
        List<Choice> choices = choices(everything());
        TurnedMap map = new Descent(choices).learn().rounded();
        System.out.printf(
                "learned from %d tasks, −log of the right one's share %.3f → %.3f%n",
                choices.size(),
                Descent.surprise(TurnedMap.identity(map.columns().length), choices),
                Descent.surprise(map, choices));
        byte[] asked = HalfNumbers.written(model.by(map, asked(Set.of())).asked());
        TurnedMap shipped = TurnedMap.read(SHIPPED);
        double difference = map.largestDifference(shipped);
        boolean sameAsked = Arrays.equals(asked, Files.readAllBytes(SHIPPED.resolveSibling(ASKED)));
        System.out.println(
                difference == 0 && sameAsked
                        ? "it is what ships"
                        : "from what ships it differs by %.5f at most; that has %.3f; what is asked is %s"
                                .formatted(
                                        difference,
                                        Descent.surprise(shipped, choices),
                                        sameAsked ? "the same" : "another"));
        Files.write(to, map.halves());
        Files.write(to.resolveSibling(ASKED), asked);
        System.out.println("\nWhat was learned, on what it was learned from:\n");
        table(each -> List.of(new Part(each, map, Set.of())));
    }

    /** The tasks by hand, without those of some collections. */
    private List<String> asked(Set<String> without) {
        return byHand.stream()
                .filter(each -> !without.contains(each.name()))
                .flatMap(each -> each.tasks().stream())
                .map(Query::query)
                .toList();
    }

    /** Learns for each part of the tasks from the others, and measures on the part. */
    private void folds(int seed) {
        table(each ->
                each == given.getFirst() ? inFolds(each, seed) : List.of(new Part(each, without(each), Set.of())));
    }

    private TurnedMap without(Labelled one) {
        return new Descent(choices(
                        everything().stream().filter(each -> each != one).toList()))
                .learn()
                .rounded();
    }

    private List<Part> inFolds(Labelled one, int seed) {
        var names = new ArrayList<>(
                new TreeSet<>(one.choices().stream().map(Choice::agent).toList()));
        Collections.shuffle(names, new Random(seed));
        var parts = new ArrayList<Part>();
        for (int fold = 0; fold < FOLDS; fold++) {
            Set<String> out = new LinkedHashSet<>();
            for (int i = fold; i < names.size(); i += FOLDS) {
                out.add(names.get(i));
            }
            List<Choice> others = choices(everything()).stream()
                    .filter(each -> !(one.choices().contains(each) && out.contains(each.agent())))
                    .toList();
            parts.add(new Part(one, new Descent(others).learn().rounded(), out));
        }
        return parts;
    }

    /** @param only tasks of these agents; all when it is empty */
    private record Part(Labelled from, TurnedMap map, Set<String> only) {}

    /** A line of the table: without and with a map, without examples and with one left out; and −log of the share. */
    private record Line(Right bare, Right bareTurned, Right out, Right outTurned, double before, double after) {

        static Line none() {
            return new Line(Right.none(), Right.none(), Right.none(), Right.none(), 0, 0);
        }

        Line and(Line other) {
            return new Line(
                    bare.and(other.bare),
                    bareTurned.and(other.bareTurned),
                    out.and(other.out),
                    outTurned.and(other.outTurned),
                    before + other.before,
                    after + other.after);
        }

        void print(String name) {
            int tasks = Math.max(1, bare.of());
            System.out.printf(
                    "| %s | %d | %s | %s | %s | %s | %.3f | %.3f |%n",
                    name, bare.of(), bare, bareTurned, out, outTurned, before / tasks, after / tasks);
        }
    }

    private void table(Function<Labelled, List<Part>> parts) {
        System.out.println(
                "| top 1 / top 3 | tasks | without examples, as they are | turned | one left out, as they are"
                        + " | turned | −log of the share | turned |\n|---|---|---|---|---|---|---|---|");
        Line together = lines(given, parts);
        together.print("together");
        lines(byHand, parts).print("by hand, together");
        System.out.println(
                "\nHow sure the router was, and how many of those were right (turned, without the tasks by hand):");
        System.out.print("\n| without examples, at | right | tasks |\n|---|---|---|\n"
                + together.bareTurned().sureness());
        System.out.print("\n| one left out, at | right | tasks |\n|---|---|---|\n"
                + together.outTurned().sureness());
    }

    private Line lines(List<Labelled> collections, Function<Labelled, List<Part>> parts) {
        Line together = Line.none();
        for (Labelled each : collections) {
            Line line = parts.apply(each).stream().map(this::line).reduce(Line.none(), Line::and);
            line.print(each.name());
            together = together.and(line);
        }
        return together;
    }

    private Line line(Part part) {
        Labelled from = part.from();
        var tasks = part.only().isEmpty() ? from.tasks() : from.tasksOf(part.only());
        var choices = part.only().isEmpty() ? from.choices() : from.choicesOf(part.only());
        Turned turned = model.by(part.map(), asked(Set.of(from.name())));
        TurnedMap identity = TurnedMap.identity(part.map().columns().length);
        List<Query> withOthers = from.withOthers(tasks);
        return new Line(
                Right.of(from.withoutExamples(model, CACHE), tasks),
                Right.of(from.withoutExamples(turned, CACHE), tasks),
                Right.of(from.leavingOneOut(model, CACHE), withOthers),
                Right.of(from.leavingOneOut(turned, CACHE), withOthers),
                Descent.surprise(identity, choices) * choices.size(),
                Descent.surprise(part.map(), choices) * choices.size());
    }
}
