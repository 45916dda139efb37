/** What goes wrong in a store, in OpenFGA's words: its codes, its errors, and models that are none. */
package io.mcpaccess.openfga.embedded.problem;
