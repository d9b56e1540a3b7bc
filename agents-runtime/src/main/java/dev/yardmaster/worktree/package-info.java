/** Git worktrees: a folder of its own for work beside other work, and the way of what was done there into the workspace. */
@NullMarked
package dev.yardmaster.worktree;

import org.jspecify.annotations.NullMarked;
