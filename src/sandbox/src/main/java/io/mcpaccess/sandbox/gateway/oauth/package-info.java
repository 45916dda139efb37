/** AM's OAuth 2 and OpenID Connect endpoints, one class an endpoint or rule. */
package io.mcpaccess.sandbox.gateway.oauth;
