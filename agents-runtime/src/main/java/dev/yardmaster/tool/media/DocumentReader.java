package dev.yardmaster.tool.media;

import java.io.IOException;

/**
 * Takes pages out of PDF documents. Found on the class path by {@link java.util.ServiceLoader}: {@code yardmaster-pdf} has
 * one. Implementations are thread-safe, and have to be ready for documents that somebody made to do harm.
 */
public interface DocumentReader {

    /** Of a document with no more pages, all are read when nobody says which. */
    int WHOLE = 10;

    /** How many pages are read at once. */
    int MOST_PAGES = 20;

    /**
     * Pages of a document. @param first from 1; 0 for all of one that has no more than {@link #WHOLE}
     *
     * @param last inclusive
     */
    record Range(int first, int last) {

        public static final Range ALL = new Range(0, 0);

        public boolean isAll() {
            return first == 0;
        }
    }

    /** What came of it. */
    sealed interface Reading {

        /**
         * @param total how many pages the document has
         * @param first the first page that was read, from 1
         * @param pdf a document with these pages
         * @param text their text
         */
        record Pages(int total, int first, int last, byte[] pdf, String text) implements Reading {}

        /** There are more than are read when nobody says which, or other ones than were asked for. */
        record Elsewhere(int total) implements Reading {}

        /** @param why such as {@code is encrypted}, to follow the document's name */
        record Unreadable(String why) implements Reading {}
    }

    /**
     * Reads some pages. Blocks.
     *
     * @throws IOException when it could not be tried
     * @throws InterruptedException when it is interrupted meanwhile; nothing is left behind
     */
    Reading read(byte[] document, Range range) throws IOException, InterruptedException;
}
