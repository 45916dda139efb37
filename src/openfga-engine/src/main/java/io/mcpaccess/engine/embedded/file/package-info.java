/**
 * Reading a store from a file in the format of OpenFGA's command line ({@code store.fga.yaml}).
 *
 * <p>Start at {@link io.mcpaccess.engine.embedded.file.StoreFileReader}.
 */
package io.mcpaccess.engine.embedded.file;
