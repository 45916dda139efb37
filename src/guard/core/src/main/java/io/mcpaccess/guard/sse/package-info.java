/** Event streams, read and written by events (WHATWG HTML, server-sent events), never by lines. */
package io.mcpaccess.guard.sse;
