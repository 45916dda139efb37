package io.mcpaccess.authzen.search;

import io.mcpaccess.core.search.PagingTokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key of paging tokens, from the operator's {@code mcp.search.pagingKey} (gravitee.yml). Gateways behind one address
 * need the same, or a page asked of another gateway than the one before is refused.
 */
public final class PagingKey {

    /** The operator's setting: at least 32 random bytes in Base64. */
    public static final String SETTING = "mcp.search.pagingKey";

    private static final Logger LOG = LoggerFactory.getLogger(PagingKey.class);

    private PagingKey() {}

    /**
     * Makes the tokens of one domain, and says in the log where the key is from.
     *
     * @param setting the setting's value, {@code null} or blank where there is none
     * @param random gives a key where there is none
     * @param clock tells when a token expires
     * @return the tokens; empty where the setting is no key, and searches are off then
     */
    public static Optional<PagingTokens> tokens(String setting, SecureRandom random, Clock clock) {
        if (setting == null || setting.isBlank()) {
            byte[] key = new byte[PagingTokens.MIN_KEY_BYTES];
            random.nextBytes(key);
            LOG.info(
                    "{} is not set: pages of a search can be asked of this gateway alone, until it restarts. "
                            + "With several gateways, set the same key on all of them.",
                    SETTING);
            return Optional.of(new PagingTokens(key, clock));
        }
        try {
            return Optional.of(new PagingTokens(decode(setting.strip()), clock));
        } catch (IllegalArgumentException e) {
            // The message of the decoder could repeat a part of the key.
            LOG.error(
                    "{} must be at least {} bytes in Base64, for example from 'openssl rand -base64 {}'. "
                            + "AuthZEN searches are off on this gateway until it is.",
                    SETTING,
                    PagingTokens.MIN_KEY_BYTES,
                    PagingTokens.MIN_KEY_BYTES);
            return Optional.empty();
        }
    }

    private static byte[] decode(String text) {
        boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        return (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
    }
}
