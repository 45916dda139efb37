package io.mcpaccess.samples.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BillingSettingsTest {
    private static final Map<String, String> SECRETS =
            Map.of("BILLING_CLIENT_ID", "billing-mcp", "BILLING_CLIENT_SECRET", "s2");

    @Test
    void hasDefaultsForWhereToListen() {
        BillingSettings settings = BillingSettings.read(List.of("--domain", "http://127.0.0.1:1/demo"), SECRETS);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(9100);
        assertThat(settings.resource()).isEmpty();
    }

    @Test
    void takesTheSecretFromTheEnvironmentAndNeverPrintsIt() {
        BillingSettings settings = BillingSettings.read(List.of("--domain", "http://127.0.0.1:1/demo"), SECRETS);
        assertThat(settings.clientSecret()).isEqualTo("s2");
        assertThat(settings.toString()).doesNotContain("s2");
    }

    @Test
    void refusesAPortThatIsNone() {
        for (String port : List.of("-1", "65536", "x", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BillingSettings.read(List.of("--domain", "http://a/b", "--port", port), SECRETS))
                    .withMessageContaining("--port");
        }
    }

    @Test
    void saysWhichSecretIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BillingSettings.read(List.of("--domain", "http://a/b"), Map.of()))
                .withMessageContaining("BILLING_CLIENT_ID");
    }

    @Test
    void isGuardedUnlessItIsToldOtherwise() {
        assertThat(BillingSettings.read(List.of("--domain", "http://a/b"), SECRETS)
                        .guarded())
                .isTrue();
        assertThat(BillingSettings.read(List.of("--guard", "off"), Map.of()).guarded())
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BillingSettings.read(List.of("--guard", "no"), SECRETS))
                .withMessageContaining("--guard takes on or off");
    }
}
