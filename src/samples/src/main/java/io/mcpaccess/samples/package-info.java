/** What the samples share. */
package io.mcpaccess.samples;
