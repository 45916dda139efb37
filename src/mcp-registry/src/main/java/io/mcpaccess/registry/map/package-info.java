/**
 * Who may call which tool: both layers side by side, as the engine of the domain decides it, for JSON, CSV and a page.
 */
package io.mcpaccess.registry.map;
