/**
 * What an OpenFGA store can be asked, whoever holds it: {@code io.mcpaccess.openfga.server} asks an OpenFGA server,
 * {@code io.mcpaccess.openfga.embedded} evaluates in this process. The engine knows this package alone.
 */
package io.mcpaccess.openfga;
