package io.mcpaccess.guard.http;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How the guard calls AM. {@link RemoteCall} is the one that needs nothing but the JDK; a host with an HTTP client of its own
 * gives that. An implementation never blocks, ends every call by a deadline, follows no redirect (secrets and tokens would
 * go elsewhere), and takes an answer of a megabyte at most. Threads may share it.
 */
public interface AmCalls {
    /**
     * @param target where to
     * @param headers names and values
     * @param body sent as UTF-8
     * @return the answer of any status; fails with an IOException or a {@link java.util.concurrent.TimeoutException}
     */
    CompletableFuture<RemoteCall.Answer> post(URI target, Map<String, String> headers, String body);

    /**
     * @param target where from
     * @return the answer of any status; fails as {@link #post} does
     */
    CompletableFuture<RemoteCall.Answer> get(URI target);
}
