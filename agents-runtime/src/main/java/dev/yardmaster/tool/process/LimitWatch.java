package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.CommandLimits;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Looks now and then at what a command uses up that no limit of the system holds for all it starts together, and ends it
 * when that is too much: the disks, and memory where there can be no group for it.
 */
final class LimitWatch {

    private static final Duration BETWEEN = Duration.ofMillis(100);
    /** Looking through all processes takes some milliseconds; filling memory takes longer. */
    private static final int MEMORY_EVERY = 4;

    /** Room on one disk. @param least bytes that have to stay free */
    private record Room(File place, long least) {

        boolean isGone() {
            return place.getUsableSpace() < least && place.getTotalSpace() > 0;
        }
    }

    private final RunningCommand command;
    private final List<Room> rooms = new ArrayList<>();
    private final BooleanSupplier memoryIsUsedUp;

    private LimitWatch(RunningCommand command, BooleanSupplier memoryIsUsedUp) {
        this.command = command;
        this.memoryIsUsedUp = memoryIsUsedUp;
    }

    /**
     * Begins, and goes on until the command is over.
     *
     * @param places folders on the disks it writes to
     * @param ofMemory whether memory has to be looked at
     */
    static void begin(RunningCommand command, CommandLimits limits, List<File> places, boolean ofMemory) {
        boolean looks = ofMemory && limits.memory() != CommandLimits.UNLIMITED && UsedMemory.isTold();
        var watch = new LimitWatch(command, () -> looks && UsedMemory.exceeds(command.processes(), limits.memory()));
        for (File place : places) {
            long least = Math.min(limits.free(), place.getUsableSpace() / 2);
            if (least > 0) {
                watch.rooms.add(new Room(place, least));
            }
        }
        if (looks || !watch.rooms.isEmpty()) {
            Thread.ofVirtual().name("yardmaster-limits").start(watch::look);
        }
    }

    private void look() {
        try {
            for (int round = 1; !command.awaitOver(BETWEEN); round++) {
                if (rooms.stream().anyMatch(Room::isGone)) {
                    command.stop(LimitReached.DISK);
                } else if (round % MEMORY_EVERY == 0 && memoryIsUsedUp.getAsBoolean()) {
                    command.stop(LimitReached.MEMORY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }
}
