/** One specialist builds an endpoint, two look at it side by side, and it goes back until both are content. */
@NullMarked
package dev.yardmaster.examples.endpoint;

import org.jspecify.annotations.NullMarked;
