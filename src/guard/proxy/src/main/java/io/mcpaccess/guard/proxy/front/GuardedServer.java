package io.mcpaccess.guard.proxy.front;

import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.proxy.identity.CallerHeaders;
import io.mcpaccess.guard.proxy.upstream.Upstream;

/**
 * A server with what stands before it.
 *
 * @param name what logs and metrics call it
 * @param path the path that is served for it
 * @param guard decides
 * @param identity says who calls
 * @param upstream the server itself
 * @param uses its requests that are under way
 */
public record GuardedServer(
        String name, String path, McpGuard guard, CallerHeaders identity, Upstream upstream, Uses uses) {}
