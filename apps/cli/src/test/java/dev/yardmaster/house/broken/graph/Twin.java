package dev.yardmaster.house.broken.graph;

import dev.yardmaster.house.broken.event.Upward;
import java.util.Optional;

/** There is another of this name. It closes a cycle, too; that arrow alone would be allowed. */
public class Twin {

    Optional<Upward> above = Optional.empty();
}
