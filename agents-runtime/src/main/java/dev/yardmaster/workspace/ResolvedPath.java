package dev.yardmaster.workspace;

import java.nio.file.Path;

/**
 * A path as somebody wrote it and where it really leads.
 *
 * @param written absolute, links not followed
 * @param target absolute, every link on the way followed; need not exist
 */
public record ResolvedPath(Path written, Path target) {}
