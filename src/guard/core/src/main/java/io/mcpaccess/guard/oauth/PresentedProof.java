package io.mcpaccess.guard.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a request brings along to show that the token is the caller's own. Prints none of it.
 *
 * @param dpop every {@code DPoP} header (RFC 9449, section 4.1)
 * @param certificateThumbprint the SHA-256 thumbprint of the certificate that authenticated the client's TLS connection,
 *     base64url (RFC 8705, section 3.1); empty where the server is given none
 */
public record PresentedProof(List<String> dpop, Optional<String> certificateThumbprint) {
    /** Takes an immutable copy. */
    public PresentedProof {
        dpop = List.copyOf(dpop);
    }

    /**
     * @return a request that proves nothing
     */
    public static PresentedProof none() {
        return new PresentedProof(List.of(), Optional.empty());
    }

    /**
     * @param encoded a certificate, DER
     * @return its thumbprint as {@code x5t#S256} has it
     */
    public static String thumbprint(byte[] encoded) {
        return sha256(encoded);
    }

    /**
     * @param token an access token
     * @return its hash as {@code ath} has it (RFC 9449, section 4.2)
     */
    public static String hash(String token) {
        return sha256(token.getBytes(StandardCharsets.US_ASCII));
    }

    private static String sha256(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyJreHasIt) {
            throw new IllegalStateException(everyJreHasIt);
        }
    }

    @Override
    public String toString() {
        return "PresentedProof[dpop=" + dpop.size() + ", certificate=" + certificateThumbprint.isPresent() + "]";
    }
}
