/** The command lines of the samples. */
package io.mcpaccess.samples.options;
