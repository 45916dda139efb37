/** The decision pipeline on AM: its ports to tokens, engine, audit and metrics, and the endpoints that put questions to it. */
package io.mcpaccess.authzen.decision;
