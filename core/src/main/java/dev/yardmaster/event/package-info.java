/**
 * What can happen in a run, as data: identities, steps, questions, failures and the entries of the journal. A leaf:
 * it imports nothing of ours.
 */
@NullMarked
package dev.yardmaster.event;

import org.jspecify.annotations.NullMarked;
