/**
 * Tuples in memory: interned ids in integer columns, appended to by one writer and read without locks in snapshots.
 *
 * <p>Start at {@link io.mcpaccess.openfga.embedded.tuples.TupleTable} and
 * {@link io.mcpaccess.openfga.embedded.tuples.TupleSnapshot}.
 */
package io.mcpaccess.openfga.embedded.tuples;
