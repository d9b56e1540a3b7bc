package dev.yardmaster.workspace;

import java.util.Optional;

/**
 * A file that is not what it was.
 *
 * @param path relative to the workspace's root
 * @param before its content then; empty when it did not exist
 * @param after its content now; empty when it does not exist
 */
public record FileChange(String path, Optional<byte[]> before, Optional<byte[]> after) {}
