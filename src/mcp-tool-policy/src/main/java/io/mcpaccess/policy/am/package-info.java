/**
 * What AM gives a run of the step and what it takes back: the request, the domain's beans and MCP servers, the step's settings,
 * and the one end.
 */
package io.mcpaccess.policy.am;
