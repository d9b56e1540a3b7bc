/** An agent with tools of the application's own: methods of an object, and plain functions. */
@NullMarked
package dev.yardmaster.examples.ordertools;

import org.jspecify.annotations.NullMarked;
