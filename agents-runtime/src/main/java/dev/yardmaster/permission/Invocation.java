package dev.yardmaster.permission;

import dev.yardmaster.permission.Programs.Kind;
import dev.yardmaster.permission.Programs.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a known program, told apart.
 *
 * @param options those given, one by one, without values
 * @param values the values of options
 * @param operands the rest
 */
record Invocation(Kind kind, List<String> options, List<String> values, List<String> operands) {

    /** Empty when there is an option that the program is not known to have. */
    static Optional<Invocation> of(Program program, List<String> arguments) {
        var invocation = new Invocation(program.kind(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--")) {
                invocation.operands.addAll(arguments.subList(i + 1, arguments.size()));
                break;
            }
            if (!word.startsWith("-") || word.length() == 1) {
                invocation.operands.add(word);
                continue;
            }
            Found found = word.startsWith("--") ? invocation.found(program, word) : invocation.letters(program, word);
            if (found == Found.UNKNOWN || found == Found.WANTS_VALUE && ++i == arguments.size()) {
                return Optional.empty();
            }
            if (found == Found.WANTS_VALUE) {
                invocation.values.add(arguments.get(i));
            }
        }
        return Optional.of(invocation);
    }

    private enum Found {
        UNKNOWN,
        COMPLETE,
        /** The next word is its value. */
        WANTS_VALUE
    }

    private Found found(Program program, String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        options.add(name);
        if (equals >= 0) {
            values.add(word.substring(equals + 1));
            return program.valued().contains(name) || program.attached().contains(name)
                    ? Found.COMPLETE
                    : Found.UNKNOWN;
        }
        if (program.flags().contains(name) || program.attached().contains(name)) {
            return Found.COMPLETE;
        }
        return program.valued().contains(name) ? Found.WANTS_VALUE : Found.UNKNOWN;
    }

    /** Several letters behind one dash; the first that takes a value takes the rest for it. */
    private Found letters(Program program, String word) {
        if (program.numbers() && word.substring(1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Found.COMPLETE;
        }
        for (int i = 1; i < word.length(); i++) {
            String option = "-" + word.charAt(i);
            options.add(option);
            if (program.flags().contains(option)) {
                continue;
            }
            boolean attached = program.attached().contains(option);
            if (!attached && !program.valued().contains(option)) {
                return Found.UNKNOWN;
            }
            if (i + 1 == word.length()) {
                return attached ? Found.COMPLETE : Found.WANTS_VALUE;
            }
            values.add(word.substring(i + 1));
            return Found.COMPLETE;
        }
        return Found.COMPLETE;
    }
}
