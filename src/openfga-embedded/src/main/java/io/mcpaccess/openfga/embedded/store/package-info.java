/**
 * The embedded engine's store on disk: the administrator's file ({@code store.fga.yaml}), which this code only reads,
 * and beside it a log of what was written since, which people only read.
 *
 * <p>Start at {@link io.mcpaccess.openfga.embedded.store.DurableStore}; {@code docs/embedded-engine.md} describes the
 * files. What a file says under {@code tests} is read by {@link io.mcpaccess.openfga.embedded.store.StoreTests}.
 */
package io.mcpaccess.openfga.embedded.store;
