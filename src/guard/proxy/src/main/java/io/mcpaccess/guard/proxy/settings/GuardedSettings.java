package io.mcpaccess.guard.proxy.settings;

import io.mcpaccess.guard.GuardConfiguration;

/**
 * One guarded server.
 *
 * @param name what logs and metrics call it: letters, digits and hyphens
 * @param guard its place at AM, and how it is guarded
 * @param am TLS towards AM
 * @param upstream the server itself
 * @param times how long it is waited for
 * @param identity how it learns who calls
 */
public record GuardedSettings(
        String name,
        GuardConfiguration guard,
        ClientTls am,
        UpstreamSettings upstream,
        StreamTimes times,
        IdentitySettings identity) {
    /**
     * @return the path that is served for it, as in the resource URL to the letter
     */
    public String path() {
        String path = guard.resource().uri().getRawPath();
        return path.isEmpty() ? "/" : path;
    }

    /**
     * @param other its place at AM
     * @return the same with this
     */
    public GuardedSettings withGuard(GuardConfiguration other) {
        return new GuardedSettings(name, other, am, upstream, times, identity);
    }
}
