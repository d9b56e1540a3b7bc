package dev.yardmaster.undo;

/**
 * What is under a path.
 *
 * @param kind {@code file}, {@code folder}, or {@code other}: a link and the like, which are told apart but not kept
 * @param sha256 of a file's content, of a link's target; empty where nobody looked
 * @param mode as {@code rw-r--r--}; empty where the file system has none
 */
record PathState(String kind, String sha256, String mode) {

    static final String FILE = "file";
    static final String FOLDER = "folder";
    static final String OTHER = "other";

    boolean isFile() {
        return kind.equals(FILE);
    }

    boolean isFolder() {
        return kind.equals(FOLDER);
    }

    /** Whether its content is kept. */
    boolean isKept() {
        return isFolder() || isFile() && !sha256.isEmpty();
    }
}
