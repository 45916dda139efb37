package io.mcpaccess.guard;

import io.mcpaccess.guard.oauth.ClientCredentials;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ties session ids to the user who opened the session, and event ids to the user who got the event (MCP, security best
 * practices, session hijacking): a server finds a stream by them, whoever asks. The seal is a
 * keyed hash of user and id, so nothing is kept here: no memory to fill, and the guards of several replicas take each
 * other's ids. When a session ends is the server's to say. Threads may share it.
 */
final class SessionSeal {
    private static final String HMAC = "HmacSHA256";
    private static final String PURPOSE = "mcp-guard session ";
    /** No owner of a session has a line break before its type. */
    private static final String OF_EVENTS = "event\n";

    private final SecretKeySpec key;

    /** The key is made of the secret that all replicas of the server have. */
    SessionSeal(ClientCredentials credentials, ResourceIdentifier resource) {
        byte[] secret = credentials.clientSecret().getBytes(StandardCharsets.UTF_8);
        this.key = new SecretKeySpec(hash(new SecretKeySpec(secret, HMAC), PURPOSE + resource), HMAC);
    }

    /**
     * @param owner who the session is for
     * @param id the server's session id
     * @return the client's
     */
    String sealed(String owner, String id) {
        return id + "." + seal(owner, id);
    }

    /**
     * @param owner who asks
     * @param sealed what was presented as session id
     * @return the server's session id; empty when it is not sealed for this owner
     */
    Optional<String> opened(String owner, String sealed) {
        int dot = sealed.lastIndexOf('.');
        if (dot < 1) {
            return Optional.empty();
        }
        String id = sealed.substring(0, dot);
        byte[] expected = seal(owner, id).getBytes(StandardCharsets.UTF_8);
        byte[] presented = sealed.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, presented) ? Optional.of(id) : Optional.empty();
    }

    /** An event id is no session id, also where a server counts both. */
    String sealedEvent(String owner, String id) {
        return sealed(OF_EVENTS + owner, id);
    }

    Optional<String> openedEvent(String owner, String sealed) {
        return opened(OF_EVENTS + owner, sealed);
    }

    /** The length before the owner keeps two pairs from having the same text. */
    private String seal(String owner, String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(key, owner.length() + ":" + owner + id));
    }

    private static byte[] hash(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException everyJreHasIt) {
            throw new IllegalStateException(everyJreHasIt);
        }
    }
}
