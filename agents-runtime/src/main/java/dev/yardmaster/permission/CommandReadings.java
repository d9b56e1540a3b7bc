package dev.yardmaster.permission;

import dev.yardmaster.workspace.Workspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the commands of one decision come to: read once, however many rules ask. Of one thread. */
final class CommandReadings {

    private final Workspace workspace;
    private Map<String, Optional<List<PlacedCommand>>> known = Map.of();

    CommandReadings(Workspace workspace) {
        this.workspace = workspace;
    }

    /** See {@link Commands#read}. */
    Optional<List<PlacedCommand>> of(String text) {
        known = known.isEmpty() ? new HashMap<>() : known;
        return known.computeIfAbsent(text, each -> Commands.read(each, workspace));
    }
}
