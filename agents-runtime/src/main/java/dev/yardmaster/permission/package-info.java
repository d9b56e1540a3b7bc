/** What a call may do without asking: rules, modes, and decisions that name the rule that made them. */
@NullMarked
package dev.yardmaster.permission;

import org.jspecify.annotations.NullMarked;
