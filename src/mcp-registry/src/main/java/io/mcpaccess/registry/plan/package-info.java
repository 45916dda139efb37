/**
 * What to register, and what that would change: declarations of MCP servers, the limits that AM sets, and the plan that
 * leads from what AM has to what was declared. Pure values; nothing here knows AM, HTTP or a clock.
 */
package io.mcpaccess.registry.plan;
