/** Tests of the stock specialists: data, and as such under test. */
@org.jspecify.annotations.NullMarked
package dev.yardmaster.agents;
