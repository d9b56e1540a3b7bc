package dev.yardmaster.definition;

/**
 * A place in an agent file.
 *
 * @param line from 1, counted in the file and not in its front matter
 * @param column from 1
 */
record FilePosition(int line, int column) {

    static final FilePosition START = new FilePosition(1, 1);

    static FilePosition line(int line) {
        return new FilePosition(line, 1);
    }
}
