/**
 * Models behind one small interface: our own messages, the catalog of names, scripted replies, langchain4j.
 */
@NullMarked
package dev.yardmaster.model;

import org.jspecify.annotations.NullMarked;
