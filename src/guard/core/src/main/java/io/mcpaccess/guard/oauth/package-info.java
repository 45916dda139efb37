/** The OAuth side of a protected resource: metadata, challenges, and the check of an access token at AM. */
package io.mcpaccess.guard.oauth;
