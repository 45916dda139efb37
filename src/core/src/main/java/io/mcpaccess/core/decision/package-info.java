/** The decision about one tool call: token, audience, scopes, permission, always in that order and closed on doubt. */
package io.mcpaccess.core.decision;
