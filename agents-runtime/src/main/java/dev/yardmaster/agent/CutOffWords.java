package dev.yardmaster.agent;

/** Words that reached a limit, and those that go on from there. */
final class CutOffWords {

    /** Enough of a beginning to tell that somebody began again instead of going on. */
    private static final int BEGINNING = 40;

    private CutOffWords() {}

    /** @param begun what was said before the limit; blank for nothing @param rest what was said when asked to go on */
    static String joined(String begun, String rest) {
        if (begun.isBlank() || rest.isBlank()) {
            return begun.isBlank() ? rest : begun;
        }
        String beginning = begun.strip();
        boolean again = rest.strip().startsWith(beginning.substring(0, Math.min(BEGINNING, beginning.length())));
        return again ? rest : begun + rest;
    }
}
