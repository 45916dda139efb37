/** Access tokens that are signed JWTs, checked with the issuer's keys (RFC 7517, RFC 7519, RFC 9068). */
package io.mcpaccess.guard.oauth.jwt;
