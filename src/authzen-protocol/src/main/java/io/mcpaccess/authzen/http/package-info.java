/** HTTP as AuthZEN 1.0 section 10 has it, and nothing of what is asked: reading, error texts, one answer per request. */
package io.mcpaccess.authzen.http;
