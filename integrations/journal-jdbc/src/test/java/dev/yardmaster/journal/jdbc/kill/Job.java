package dev.yardmaster.journal.jdbc.kill;

import java.nio.file.Path;

/**
 * What a process is told to do: run the workflow in this folder, or go on with it.
 *
 * @param protocol {@code intact}, or a mutant of {@link MutantJournal}
 * @param answers whether it answers the run's questions itself, and not somebody else
 */
record Job(Path folder, String protocol, Death death, boolean answers) {

    static Job parse(String line) {
        String[] parts = line.split("\t");
        return new Job(Path.of(parts[0]), parts[1], Death.parse(parts[2]), Boolean.parseBoolean(parts[3]));
    }

    String line() {
        return String.join("\t", folder.toString(), protocol, death.toString(), Boolean.toString(answers));
    }

    Path journal() {
        return folder.resolve("runs.db");
    }
}
