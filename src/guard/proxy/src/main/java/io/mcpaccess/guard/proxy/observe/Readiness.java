package io.mcpaccess.guard.proxy.observe;

import java.util.Map;
import java.util.TreeMap;

/** What each server still lacks before its first client; nothing means ready. Threads may share it. */
public final class Readiness {
    private final Map<String, String> lacking = new TreeMap<>();
    private boolean stopping;

    /**
     * @param server its name
     * @param what stands in its way, for the operator
     */
    public synchronized void lacks(String server, String what) {
        lacking.put(server, what);
    }

    /**
     * @param server that is ready, or gone
     */
    public synchronized void isReady(String server) {
        lacking.remove(server);
    }

    /** The proxy takes no more requests. */
    public synchronized void stops() {
        stopping = true;
    }

    /**
     * @return what stands in the way of each server that is not ready; empty when all are
     */
    public synchronized Map<String, String> lacking() {
        return stopping ? Map.of("proxy", "The proxy is stopping.") : Map.copyOf(lacking);
    }
}
