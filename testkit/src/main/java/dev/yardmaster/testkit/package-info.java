@NullMarked
package dev.yardmaster.testkit;

import org.jspecify.annotations.NullMarked;
