package io.mcpaccess.sandbox.gateway;

import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.gateway.oauth.DomainKeys;
import java.time.Clock;

/**
 * What every part of a domain on the gateway needs.
 *
 * @param row the domain's data
 * @param base the base URL that clients see, ending in the domain's path
 * @param tables the shared tables
 * @param keys the domain's signing key
 * @param lifetimes how long tokens live
 * @param clock the time
 */
public record SecurityDomain(
        DomainRow row, String base, Tables tables, DomainKeys keys, Lifetimes lifetimes, Clock clock) {
    /** The domain's identifier. */
    public String id() {
        return row.id();
    }

    /** The issuer of the domain's tokens, as AM has it: {@code {base}/oidc}. */
    public String issuer() {
        return base + "/oidc";
    }

    /**
     * Lifetimes in seconds; AM's defaults for an application.
     *
     * @param code an authorization code
     * @param access an access token
     * @param refresh a refresh token
     * @param id an ID token
     * @param approval an approval of a scope without a lifetime of its own
     */
    public record Lifetimes(long code, long access, long refresh, long id, long approval) {}
}
