/** How an AuthZEN question becomes an OpenFGA check: identifier rules, tuple keys, context. */
package io.mcpaccess.core.openfga;
