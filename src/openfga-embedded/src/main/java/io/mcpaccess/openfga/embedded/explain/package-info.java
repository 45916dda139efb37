/**
 * Why a check is answered as it is: the shortest path of tuples and rules for an allow; for a deny what is missing, which
 * condition failed and which rule blocked.
 *
 * <p>Start at {@link io.mcpaccess.openfga.embedded.explain.Explainer}.
 */
package io.mcpaccess.openfga.embedded.explain;
