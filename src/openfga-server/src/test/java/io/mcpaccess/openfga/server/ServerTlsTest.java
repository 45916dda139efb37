package io.mcpaccess.openfga.server;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.server.http.TlsMaterial;
import io.mcpaccess.openfga.server.testing.Host;
import io.mcpaccess.openfga.testing.Questions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Host.class)
class ServerTlsTest {

    @Parameter
    private Host host;

    private static final String STORE = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    @TempDir
    private Path directory;

    private WireMockServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void trustsTheCertificatesOfItsSettings() throws Exception {
        TestCertificates own = TestCertificates.create(directory, "server", "ip:127.0.0.1");
        serve(own, null);

        assertThat(check(trusting(own)).isAllowed()).isTrue();
    }

    @Test
    void case30_trustsNobodyElse() throws Exception {
        serve(TestCertificates.create(directory, "server", "ip:127.0.0.1"), null);

        assertThat(check(TlsMaterial.none())).asString().contains("TLS failed");
        assertThat(check(trusting(TestCertificates.create(directory, "other", "ip:127.0.0.1"))))
                .asString()
                .contains("TLS failed");
    }

    @Test
    void refusesATrustedCertificateOfAnotherHost() throws Exception {
        TestCertificates own = TestCertificates.create(directory, "server", "dns:openfga.example.com");
        serve(own, null);

        assertThat(check(trusting(own)).isAllowed()).isFalse();
    }

    @Test
    void presentsItsOwnCertificateWhereOneIsWanted() throws Exception {
        TestCertificates own = TestCertificates.create(directory, "server", "ip:127.0.0.1");
        TestCertificates client = TestCertificates.create(directory, "client", "dns:engine");
        serve(own, client);

        assertThat(check(trusting(own)).isAllowed()).as("without").isFalse();
        assertThat(check(new TlsMaterial(
                                Optional.of(own.certificatePem()),
                                Optional.of(client.certificatePem()),
                                Optional.of(client.keyPem())))
                        .isAllowed())
                .as("with")
                .isTrue();
    }

    @Test
    void saysWhichTextIsNoPemAndShowsNoneOfIt() throws Exception {
        TestCertificates client = TestCertificates.create(directory, "client", "dns:engine");

        assertThatThrownBy(
                        () -> connect(8443, new TlsMaterial(Optional.of("sesame"), Optional.empty(), Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("sesame");
        assertThatThrownBy(() -> connect(
                        8443,
                        new TlsMaterial(Optional.empty(), Optional.of(client.certificatePem()), Optional.of("sesame"))))
                .hasMessageContaining("PKCS #8")
                .hasMessageNotContaining("sesame");
        assertThatThrownBy(
                        () -> new TlsMaterial(Optional.empty(), Optional.of(client.certificatePem()), Optional.empty()))
                .hasMessageContaining("private key");
    }

    private static TlsMaterial trusting(TestCertificates certificates) throws Exception {
        return new TlsMaterial(Optional.of(certificates.certificatePem()), Optional.empty(), Optional.empty());
    }

    private void serve(TestCertificates own, TestCertificates client) throws Exception {
        WireMockConfiguration configuration = WireMockConfiguration.options()
                .dynamicHttpsPort()
                .httpDisabled(true)
                .bindAddress("127.0.0.1")
                .keystorePath(own.keyStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificates.PASSWORD)
                .keyManagerPassword(TestCertificates.PASSWORD);
        if (client != null) {
            configuration
                    .needClientAuth(true)
                    .trustStorePath(client.trustStore().toString())
                    .trustStoreType("PKCS12")
                    .trustStorePassword(TestCertificates.PASSWORD);
        }
        server = new WireMockServer(configuration);
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"allowed\":true}")));
        server.start();
    }

    private CheckResult check(TlsMaterial tls) {
        try (ServerBackend backend = connect(server.httpsPort(), tls)) {
            return backend.check(Questions.ask("user:a", "can_call", "tool:t"), CallContext.none())
                    .toCompletableFuture()
                    .join();
        }
    }

    private ServerBackend connect(int port, TlsMaterial tls) {
        Duration patient = Duration.ofSeconds(30);
        ServerSettings settings = new ServerSettings(
                URI.create("https://127.0.0.1:" + port),
                STORE,
                Optional.of(STORE),
                new Authentication.None(),
                tls,
                new ServerSettings.Timeouts(patient, patient, patient, patient),
                false,
                ServerSettings.Breaker.defaults(),
                false,
                Set.of(),
                Optional.empty(),
                Map.of());
        return new ServerBackend(
                settings, host.vertx(), InstantSource.system(), System::nanoTime, () -> 0.5, ServerObserver.none());
    }
}
