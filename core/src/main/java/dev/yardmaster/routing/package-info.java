/** Which specialist fits a task: routers, and what they answer. Works without any model. */
@NullMarked
package dev.yardmaster.routing;

import org.jspecify.annotations.NullMarked;
