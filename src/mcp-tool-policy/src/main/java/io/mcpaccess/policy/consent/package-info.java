/**
 * The flow CONSENT: what the page says about tools, what the user approved on it, and whether a scope still stands for it.
 */
package io.mcpaccess.policy.consent;
