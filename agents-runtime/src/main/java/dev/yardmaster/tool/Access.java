package dev.yardmaster.tool;

import java.net.URI;
import java.nio.file.Path;

/** What a call would touch: what a permission policy decides by, instead of by the names of tools. */
public sealed interface Access {

    /**
     * It reads this file or folder.
     *
     * @param written the absolute path as it was asked for, links not followed
     * @param target where that leads when links are followed; may not exist
     */
    record Reads(Path written, Path target) implements Access {}

    /** It creates, changes or removes this file. See {@link Reads} for the two paths. */
    record Writes(Path written, Path target) implements Access {}

    /** It gives this text to a shell. */
    record Runs(String command) implements Access {}

    /** What it gives to a shell is to run outside of the sandbox, where there is one that can be left. */
    record Leaves() implements Access {}

    /**
     * It asks a server on the web for this.
     *
     * @param address absolute, as it is sent: the host in lower case and ASCII, without a dot at its end
     */
    record Fetches(URI address) implements Access {}

    /**
     * It touches only what belongs to the agent's own work and is gone with it: its list of tasks, the commands it has
     * running. No policy asks for that; rules that name the tool hold.
     */
    record Own() implements Access {}

    /** It does something only its author knows. */
    record Unknown() implements Access {}
}
