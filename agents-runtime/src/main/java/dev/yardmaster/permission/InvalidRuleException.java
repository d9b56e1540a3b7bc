package dev.yardmaster.permission;

import dev.yardmaster.event.YardmasterException;

/** A permission rule that cannot be read. */
public final class InvalidRuleException extends YardmasterException {

    InvalidRuleException(String rule, String source, String problem) {
        super("the permission rule '" + rule + "' (" + source + ") cannot be read: " + problem
                + ". Rules look like Read, Bash(npm run *), Edit(src/**)");
    }
}
