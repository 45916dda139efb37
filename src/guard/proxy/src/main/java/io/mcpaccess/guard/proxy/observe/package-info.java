/** What operators see: decisions in log, metrics and traces, and whether the proxy is well. */
package io.mcpaccess.guard.proxy.observe;
