/**
 * The folder that tools may touch: paths resolved for real, files changed atomically, processes kept in hand.
 */
@NullMarked
package dev.yardmaster.workspace;

import org.jspecify.annotations.NullMarked;
