/** The store of one engine: open, with one port a role, or missing because the engine's settings are wrong. */
package io.mcpaccess.engine.store;
