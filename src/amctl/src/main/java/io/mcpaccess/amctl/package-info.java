/** The command line {@code amctl}: what an operator or a pipeline asks of AM's management API and of the engine's registry. */
package io.mcpaccess.amctl;
