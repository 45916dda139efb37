package io.mcpaccess.openfga.server.http;

import java.util.Objects;
import java.util.Optional;

/**
 * What a TLS connection trusts and presents, as PEM text. Empty parts mean the defaults of Java.
 *
 * @param trustedCertificates certificates that are trusted in place of Java's own
 * @param clientCertificate the certificate chain to present, the engine's own first
 * @param clientKey the PKCS #8 private key that belongs to it, not encrypted
 */
public record TlsMaterial(
        Optional<String> trustedCertificates, Optional<String> clientCertificate, Optional<String> clientKey) {

    /**
     * Checks that a client certificate comes with its key.
     *
     * @throws IllegalArgumentException when one of the two is missing
     */
    public TlsMaterial {
        Objects.requireNonNull(trustedCertificates, "trustedCertificates");
        if (clientCertificate.isPresent() != clientKey.isPresent()) {
            throw new IllegalArgumentException(
                    "A client certificate needs its private key, and the key its certificate");
        }
    }

    /**
     * Java's defaults.
     *
     * @return no material
     */
    public static TlsMaterial none() {
        return new TlsMaterial(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Says what is there and shows none of it. */
    @Override
    public String toString() {
        return "TlsMaterial[trustedCertificates=" + trustedCertificates.isPresent() + ", clientCertificate="
                + clientCertificate.isPresent() + "]";
    }
}
