/**
 * The flow TOKEN: who the token is for, which of its scopes the user owes an approval, what the engine says about the tools behind
 * the others, and what becomes of them.
 */
package io.mcpaccess.policy.token;
