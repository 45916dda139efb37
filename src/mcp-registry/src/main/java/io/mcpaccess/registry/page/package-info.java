/**
 * The page for a browser: servers, who may call what, why, what was refused lately, what a change would do. Rendered here,
 * without script. Names come from MCP servers, users and tokens and may be hostile: {@link io.mcpaccess.registry.page.Markup}
 * is the one way to a page.
 */
package io.mcpaccess.registry.page;
