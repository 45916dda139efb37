package io.mcpaccess.authzen.limit;

import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's limit of requests a caller may send to one gateway (gravitee.yml).
 *
 * @param requestsPerSecond how many in the long run
 * @param burst how many at once after a pause
 */
public record RateLimitSettings(int requestsPerSecond, int burst) {

    /** Turns the limit on: a whole number from 1. */
    public static final String REQUESTS_PER_SECOND = "mcp.authzen.rateLimit.requestsPerSecond";

    /** A whole number from 1; twice the requests per second where it is missing. */
    public static final String BURST = "mcp.authzen.rateLimit.burst";

    private static final int MAX = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitSettings.class);

    public RateLimitSettings {
        if (requestsPerSecond < 1 || requestsPerSecond > MAX || burst < 1 || burst > MAX) {
            throw new IllegalArgumentException("must be a whole number from 1 to " + MAX);
        }
    }

    /**
     * Reads the settings.
     *
     * @param settings a setting by its key, {@code null} where it is not set
     * @return the limit; empty where there is none, or none that can be read, which is logged as an error
     */
    public static Optional<RateLimitSettings> read(Function<String, String> settings) {
        String rate = settings.apply(REQUESTS_PER_SECOND);
        if (rate == null || rate.isBlank()) {
            return Optional.empty();
        }
        try {
            int requestsPerSecond = Integer.parseInt(rate.strip());
            String burst = settings.apply(BURST);
            return Optional.of(new RateLimitSettings(
                    requestsPerSecond,
                    burst == null || burst.isBlank()
                            ? Math.multiplyExact(2, requestsPerSecond)
                            : Integer.parseInt(burst.strip())));
        } catch (IllegalArgumentException | ArithmeticException e) {
            LOG.error(
                    "{} and {} must be whole numbers from 1 to {}; AuthZEN requests are not limited until they are.",
                    REQUESTS_PER_SECOND,
                    BURST,
                    MAX);
            return Optional.empty();
        }
    }
}
