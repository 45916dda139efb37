/** Runs the tests of store files on the embedded engine: start at {@link io.mcpaccess.openfga.embedded.storetest.PermissionTests}. */
package io.mcpaccess.openfga.embedded.storetest;
