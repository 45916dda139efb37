/** Reads the sandbox's configuration file: every mistake with its line, and nothing written where there is one. */
package io.mcpaccess.sandbox.config;
