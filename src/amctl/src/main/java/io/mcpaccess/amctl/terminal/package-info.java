/** What a command says and what it is told in secret: output, exit codes, failures, secrets. */
package io.mcpaccess.amctl.terminal;
