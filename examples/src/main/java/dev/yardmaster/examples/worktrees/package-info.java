/** Two specialists at work in one repository at the same time, each in a git worktree, and what becomes of a conflict. */
@NullMarked
package dev.yardmaster.examples.worktrees;

import org.jspecify.annotations.NullMarked;
