package dev.yardmaster.workspace;

import java.nio.file.Path;
import java.util.List;

/**
 * How far commands are kept in. In a sandbox they can change nothing but the workspace and temporary files of their own,
 * reach no network, and have no privileges; what they may read is not narrowed, but for what is hidden.
 *
 * @param use whether there is to be one
 * @param network whether commands in a sandbox reach the network; false unless said
 * @param writable folders that they may write beside the workspace, such as a package manager's cache; absolute
 * @param readOnly files and folders that they may not change although they are in such a folder or the workspace; what
 *     does not exist cannot be kept from being made
 * @param hidden files and folders that look empty to them
 * @param leavable whether a single command may be asked for that runs outside of it; never of one that is required
 * @param limits what each may use up, in a sandbox or not
 */
public record Sandbox(
        Use use,
        boolean network,
        List<Path> writable,
        List<Path> readOnly,
        List<Path> hidden,
        boolean leavable,
        CommandLimits limits) {

    /** Whether commands run in a sandbox. */
    public enum Use {
        /** Always; where there can be none, no command runs. */
        REQUIRED,
        /** Where this machine can make one. */
        PREFERRED,
        /** Not; but with processes of their own, where that is possible: they see no others, and none outlasts its command. */
        OFF,
        /** Not, and among all other processes: for commands that need {@code sudo} or look at what else runs. */
        NONE
    }

    public Sandbox {
        writable = List.copyOf(writable);
        readOnly = List.copyOf(readOnly);
        hidden = List.copyOf(hidden);
        leavable &= use == Use.PREFERRED;
        for (Path folder : writable) {
            if (!folder.isAbsolute() || folder.getNameCount() == 0) {
                throw new IllegalArgumentException(
                        "'" + folder + "' cannot be opened to a sandbox: name a folder by its"
                                + " absolute path, and not the root of the file system");
            }
        }
    }

    private static Sandbox of(Use use) {
        return new Sandbox(use, false, List.of());
    }

    /** One with the default limits. */
    public Sandbox(Use use, boolean network, List<Path> writable) {
        this(use, network, writable, List.of(), List.of(), true, CommandLimits.defaults());
    }

    public static Sandbox required() {
        return of(Use.REQUIRED);
    }

    public static Sandbox preferred() {
        return of(Use.PREFERRED);
    }

    public static Sandbox off() {
        return of(Use.OFF);
    }

    public static Sandbox none() {
        return of(Use.NONE);
    }

    /** The same with the network. */
    public Sandbox withNetwork() {
        return new Sandbox(use, true, writable, readOnly, hidden, leavable, limits);
    }

    /** The same with further folders that may be written. */
    public Sandbox withWritable(List<Path> folders) {
        return new Sandbox(use, network, folders, readOnly, hidden, leavable, limits);
    }

    /** The same with other limits. */
    public Sandbox withLimits(CommandLimits other) {
        return new Sandbox(use, network, writable, readOnly, hidden, leavable, other);
    }

    /** The same with files and folders that may not be changed, and with some that look empty. */
    public Sandbox without(List<Path> changing, List<Path> reading) {
        return new Sandbox(use, network, writable, changing, reading, leavable, limits);
    }

    /** The same that no command leaves, whoever is asked. */
    public Sandbox unleavable() {
        return new Sandbox(use, network, writable, readOnly, hidden, false, limits);
    }

    /** The same outside of any. */
    public Sandbox left() {
        return new Sandbox(Use.OFF, network, writable, readOnly, hidden, false, limits);
    }

    /** Whether there is to be one, if there can be. */
    public boolean wanted() {
        return use == Use.REQUIRED || use == Use.PREFERRED;
    }
}
