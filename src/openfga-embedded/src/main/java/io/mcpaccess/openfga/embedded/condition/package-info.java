/** Conditions of authorization models: their parameters, and their expressions in the Common Expression Language. */
package io.mcpaccess.openfga.embedded.condition;
