/**
 * What a decision costs a gateway, beside OpenFGA's own answer to the same question. Start at
 * {@link io.mcpaccess.benchmarks.load.Load}, by way of {@code bin/load}, and {@link io.mcpaccess.benchmarks.load.Soak},
 * by way of {@code bin/soak}.
 */
package io.mcpaccess.benchmarks.load;
