/**
 * The REST resource behind the OpenFGA pages of AM's console (its {@code openfga.service.ts}), on the management API
 * alone: the gateway has no JAX-RS. AM does not inject the resource; it is handed its collaborators.
 */
package io.mcpaccess.engine.console;
