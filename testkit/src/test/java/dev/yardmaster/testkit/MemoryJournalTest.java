package dev.yardmaster.testkit;

import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.MemoryJournal;

class MemoryJournalTest implements JournalContract {

    private final MemoryJournal store = new MemoryJournal();

    @Override
    public Journal open() {
        return store.another();
    }

    @Override
    public void lapse(Journal journal) {
        ((MemoryJournal) journal).lapse();
    }
}
