/** A store at one moment, asked about many users at once and tried out with changes that nobody has made. */
package io.mcpaccess.openfga.embedded.snapshot;
