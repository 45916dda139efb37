package io.mcpaccess.openfga.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A self-signed certificate with its key, made by the JDK's keytool: no key stands in the repository. */
final class TestCertificates {

    static final String PASSWORD = "changeit";

    private final Path keyStore;

    private TestCertificates(Path keyStore) {
        this.keyStore = keyStore;
    }

    /**
     * Makes one.
     *
     * @param directory where its key store goes
     * @param name its common name, and the store's name
     * @param subjectAlternative such as {@code ip:127.0.0.1}
     */
    static TestCertificates create(Path directory, String name, String subjectAlternative) {
        Path keyStore = directory.resolve(name + ".p12");
        run(
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + subjectAlternative,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass",
                PASSWORD);
        return new TestCertificates(keyStore);
    }

    /** A trust store with this certificate alone. */
    Path trustStore() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("trusted", certificate());
        Path file = Files.createTempFile(keyStore.getParent(), "trust", ".p12");
        try (var out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    Path keyStore() {
        return keyStore;
    }

    String certificatePem() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", certificate().getEncoded());
    }

    String keyPem() throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", load().getKey("key", PASSWORD.toCharArray()).getEncoded());
    }

    private Certificate certificate() throws IOException, GeneralSecurityException {
        return load().getCertificate("key");
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String pem(String what, byte[] encoded) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    private static void run(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
