package io.mcpaccess.acceptance.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.UUID;

/** A key of a client, for proofs of possession (RFC 9449) and for assertions in its place (RFC 7523); ES256. */
public final class ProofKey {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE = 32;

    private final KeyPair pair;

    /** A new key. */
    public ProofKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public part (RFC 7517). */
    public ObjectNode jwk() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return Json.object()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", coordinate(key.getW().getAffineX()))
                .put("y", coordinate(key.getW().getAffineY()));
    }

    /** The value of the header {@code DPoP} for a request. */
    public String proof(String method, String url) {
        ObjectNode header = Json.object().put("typ", "dpop+jwt").put("alg", "ES256");
        header.set("jwk", jwk());
        return sign(header, Json.object().put("htm", method).put("htu", url));
    }

    /** Signs claims, with {@code jti} and {@code iat} put in. */
    public String sign(ObjectNode header, ObjectNode claims) {
        claims.put("jti", UUID.randomUUID().toString()).put("iat", System.currentTimeMillis() / 1000);
        String signed = encoded(header) + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(ObjectNode json) {
        return BASE64.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String coordinate(BigInteger value) {
        byte[] all = new byte[COORDINATE];
        byte[] signed = value.toByteArray();
        int length = Math.min(signed.length, COORDINATE);
        System.arraycopy(signed, signed.length - length, all, COORDINATE - length, length);
        return BASE64.encodeToString(all);
    }
}
