package dev.yardmaster.hook;

/** A handler that settings have, in words that say what it does: they are what is shown, and what is trusted. */
interface WrittenHandler extends HookHandler {

    /** What it does, in the words of the settings. */
    String shown();
}
