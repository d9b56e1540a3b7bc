/**
 * What all calls of one provider's server have in common, whichever agent makes them: how many there may be, and when there
 * is no use in calling.
 */
@NullMarked
package dev.yardmaster.endpoint;

import org.jspecify.annotations.NullMarked;
