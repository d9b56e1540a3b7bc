/**
 * Pages of the public web for agents: fetched from the addresses that were checked, and no others, and made readable.
 */
@NullMarked
package dev.yardmaster.tool.web;

import org.jspecify.annotations.NullMarked;
