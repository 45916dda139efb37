package io.mcpaccess.openfga.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads PEM text for TLS. Host names are always checked; that is not a setting. */
final class PemTls {

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private PemTls() {}

    /**
     * What a connection presents and trusts, ready for a TLS library.
     *
     * @param keys null where no certificate is presented
     * @param trust null where Java's own certificates are trusted
     */
    record Managers(KeyManagerFactory keys, TrustManagerFactory trust) {

        boolean isEmpty() {
            return keys == null && trust == null;
        }
    }

    /**
     * Reads the text.
     *
     * @param material what to trust and present
     * @return the same, read; empty when there is nothing beyond Java's defaults
     * @throws IllegalArgumentException when the text is no PEM of the expected kind; the message holds none of it
     */
    static Managers managersOf(TlsMaterial material) {
        try {
            return new Managers(keyManagers(material), trustManagers(material));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("The TLS settings cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Makes the context of Java's own TLS.
     *
     * @param material what to trust and present
     * @return the context; empty when there is nothing beyond Java's defaults
     * @throws IllegalArgumentException as {@link #managersOf} does
     */
    static Optional<SSLContext> contextOf(TlsMaterial material) {
        Managers managers = managersOf(material);
        if (managers.isEmpty()) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    managers.keys() == null ? null : managers.keys().getKeyManagers(),
                    managers.trust() == null ? null : managers.trust().getTrustManagers(),
                    null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The TLS settings cannot be used: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory trustManagers(TlsMaterial material)
            throws GeneralSecurityException, IOException {
        if (material.trustedCertificates().isEmpty()) {
            return null;
        }
        KeyStore trusted = emptyKeyStore();
        int number = 0;
        for (Certificate certificate : certificates(
                "trusted certificates", material.trustedCertificates().get())) {
            trusted.setCertificateEntry("trusted-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    private static KeyManagerFactory keyManagers(TlsMaterial material) throws GeneralSecurityException, IOException {
        if (material.clientCertificate().isEmpty()) {
            return null;
        }
        Certificate[] chain = certificates(
                        "client certificate", material.clientCertificate().get())
                .toArray(Certificate[]::new);
        KeyStore own = emptyKeyStore();
        char[] noPassword = new char[0];
        own.setKeyEntry("client", privateKey(material.clientKey().orElseThrow()), noPassword, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, noPassword);
        return factory;
    }

    private static KeyStore emptyKeyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String what, String pem)
            throws GeneralSecurityException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        if (found.isEmpty()) {
            throw new GeneralSecurityException("the text of the " + what + " holds no '-----BEGIN CERTIFICATE-----'");
        }
        return found;
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        Matcher matcher = PRIVATE_KEY.matcher(pem);
        if (!matcher.find()) {
            throw new GeneralSecurityException("the client key is no PKCS #8 key ('-----BEGIN PRIVATE KEY-----');"
                    + " 'openssl pkcs8 -topk8 -nocrypt' makes one");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                // Of another algorithm: PKCS #8 says which, but Java has no call that reads it.
            }
        }
        throw new GeneralSecurityException("the client key is neither RSA, EC nor Ed25519");
    }
}
