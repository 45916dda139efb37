/** Authorization models of OpenFGA: reading them from JSON and from the modelling language, and the rules they must keep. */
package io.mcpaccess.openfga.embedded.model;
