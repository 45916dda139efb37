/**
 * Why a question is decided as it is. OpenFGA does not say; the embedded evaluator does, over the store's own model and
 * the tuples that can matter, read for the purpose.
 */
package io.mcpaccess.engine.explain;
