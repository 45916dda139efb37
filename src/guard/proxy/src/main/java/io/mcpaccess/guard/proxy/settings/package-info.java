/** What the proxy is told: by a file, or by the options of a command line. Read as a whole or not at all. */
package io.mcpaccess.guard.proxy.settings;
