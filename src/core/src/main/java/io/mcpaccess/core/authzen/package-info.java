/** The AuthZEN Authorization API 1.0: its information model, a strict reader and writer, and batch semantics. */
package io.mcpaccess.core.authzen;
