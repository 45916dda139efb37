package io.mcpaccess.guard.proxy.settings;

/**
 * How the server behind learns who calls.
 *
 * @param headers whether it gets {@code X-MCP-Subject} and the like
 * @param signed whether it gets the same as a signed token
 */
public record IdentitySettings(boolean headers, boolean signed) {
    /**
     * @return headers alone
     */
    public static IdentitySettings usual() {
        return new IdentitySettings(true, false);
    }
}
