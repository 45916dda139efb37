/** What clients talk to: connections, requests, and which server each is for. */
package io.mcpaccess.guard.proxy.front;
