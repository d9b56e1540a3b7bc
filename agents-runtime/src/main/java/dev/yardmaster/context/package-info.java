/** What fits a model's window: how much a conversation takes, and how it is made shorter. */
@NullMarked
package dev.yardmaster.context;

import org.jspecify.annotations.NullMarked;
