package io.mcpaccess.guard.proxy.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.mcpaccess.guard.proxy.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The proxy's own key, on the curve P-256, which every JOSE library signs and checks with (ES256). Never printed.
 *
 * @param key with its private half
 */
public record SigningKey(ECKey key) {
    /**
     * @param file PEM with the private key; empty for a new one, which is good until the proxy ends
     * @return the key
     * @throws SettingsException when the file has no such key
     */
    public static SigningKey of(Optional<Path> file) {
        try {
            ECKey pair = file.isPresent() ? read(file.get()) : new ECKeyGenerator(Curve.P_256).generate();
            return new SigningKey(new ECKey.Builder(pair)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint()
                    .build());
        } catch (JOSEException impossible) {
            throw new SettingsException("A key on the curve P-256 cannot be made with this Java.");
        }
    }

    private static ECKey read(Path file) {
        try {
            Optional<ECKey> pair = PemKey.read(Files.readString(file));
            if (pair.isPresent()) {
                return pair.get();
            }
        } catch (IOException unreadable) {
            // Said below.
        }
        throw new SettingsException(
                "The file " + file + " of 'identity.key' holds no private key on the curve P-256 in PEM"
                        + " (PKCS #8 or SEC 1, not encrypted). Make one with: openssl ecparam -name prime256v1 -genkey -noout");
    }

    /**
     * @return the public half as a JSON Web Key Set (RFC 7517, section 5)
     */
    public String publicKeys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    @Override
    public String toString() {
        return "SigningKey[" + key.getKeyID() + "]";
    }
}
