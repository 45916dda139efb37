/**
 * What an OpenFGA store can be asked, whoever holds it: {@code io.mcpaccess.engine.server} asks an OpenFGA server,
 * {@code io.mcpaccess.engine.embedded} evaluates in this process. The engine knows this package alone.
 */
package io.mcpaccess.engine.backend;
