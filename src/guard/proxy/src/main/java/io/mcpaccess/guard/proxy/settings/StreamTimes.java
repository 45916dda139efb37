package io.mcpaccess.guard.proxy.settings;

import java.time.Duration;

/**
 * How long the proxy waits for a server and its streams.
 *
 * @param answer how long a server may take until its answer begins
 * @param idle how long a stream may be silent
 * @param heartbeat how long a client of a stream is left without a sign of life, which is how one that is gone is noticed
 */
public record StreamTimes(Duration answer, Duration idle, Duration heartbeat) {
    /**
     * @return 60 s, 300 s, 15 s
     */
    public static StreamTimes usual() {
        return new StreamTimes(Duration.ofSeconds(60), Duration.ofSeconds(300), Duration.ofSeconds(15));
    }
}
