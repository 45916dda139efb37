/**
 * Measurements of the embedded engine, its store and the decision pipeline. Start at
 * {@link io.mcpaccess.benchmarks.Bench}, by way of {@code bin/bench}.
 */
package io.mcpaccess.benchmarks;
