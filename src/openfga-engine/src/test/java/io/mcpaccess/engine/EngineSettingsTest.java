package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.openfga.server.Authentication;
import io.mcpaccess.openfga.server.ServerSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSettingsTest {

    private static final String SERVER =
            "\"connectionUri\":\"https://fga.example.com:8080\",\"storeId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"";

    @Test
    void needsNoMoreThanAddressAndStore() {
        EngineSettings settings = settings(SERVER);
        ServerSettings server = server(settings);

        assertThat(server.authentication()).isEqualTo(new Authentication.None());
        assertThat(server.timeouts()).isEqualTo(ServerSettings.Timeouts.defaults());
        assertThat(server.breaker()).isEqualTo(ServerSettings.Breaker.defaults());
        assertThat(server.retry()).isTrue();
        assertThat(server.cache()).isEmpty();
        assertThat(server.modelId()).isEmpty();
        assertThat(settings.access()).isEqualTo(AccessSettings.DEFAULTS);
        assertThat(settings.mapping().actionAliases()).isEqualTo(Map.of("tools/call", "can_call"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | ",
                "1 | ,\"auditDecisions\":\"\"",
                "1 | ,\"auditDecisions\":\"all\",\"auditSample\":7",
                "0 | ,\"auditDecisions\":\"refused\"",
                "100 | ,\"auditDecisions\":\"sample\"",
                "2 | ,\"auditDecisions\":\"sample\",\"auditSample\":2",
                "1000000 | ,\"auditDecisions\":\"sample\",\"auditSample\":1000000",
            })
    void saysOfHowManyPermittedCallsOneIsAudited(int oneIn, String members) {
        assertThat(settings(SERVER + (members == null ? "" : members)).audits()).isEqualTo(new AuditRule(oneIn));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"auditDecisions\":\"none\" | auditDecisions must be one of all, refused, sample, but is none",
                "\"auditDecisions\":\"sample:100\" | auditDecisions must be one of",
                "\"auditDecisions\":true | auditDecisions must be text",
                "\"auditDecisions\":\"sample\",\"auditSample\":1 | auditSample must be 2 to 1000000, but is 1",
                "\"auditDecisions\":\"all\",\"auditSample\":0 | auditSample must be 2 to 1000000, but is 0",
                "\"auditDecisions\":\"sample\",\"auditSample\":1000001 | auditSample must be 2 to 1000000",
                "\"auditDecisions\":\"sample\",\"auditSample\":\"100\" | auditSample must be a whole number, not text",
                "\"auditDecision\":\"all\" | did you mean auditDecisions?",
            })
    void refusesAnAuditThatIsNone(String members, String words) {
        assertThatThrownBy(() -> settings(SERVER + "," + members)).hasMessageContaining(words);
    }

    @Test
    void takesEmptyTextForNothing() {
        ServerSettings server = server(
                settings(SERVER + ",\"apiToken\":\"\",\"clientId\":\" \",\"authorizationModelId\":\"\",\"mode\":\"\""));

        assertThat(server.authentication()).isEqualTo(new Authentication.None());
        assertThat(server.modelId()).isEmpty();
    }

    @Test
    void findsTheTokenEndpointOfAnIssuer() {
        String credentials =
                SERVER + ",\"clientId\":\"engine\",\"clientSecret\":\"s\",\"scopes\":\"a  b\",\"apiTokenIssuer\":";

        assertThat(credentials(settings(credentials + "\"issuer.example.com\"")).tokenEndpoint())
                .isEqualTo(URI.create("https://issuer.example.com/oauth/token"));
        assertThat(credentials(settings(credentials + "\"https://issuer.example.com/t\""))
                        .tokenEndpoint())
                .isEqualTo(URI.create("https://issuer.example.com/t"));
        assertThat(credentials(settings(credentials + "\"issuer.example.com\"")).scopes())
                .containsExactly("a", "b");
    }

    @Test
    void remembersDeniesNoLongerThanAllows() {
        assertThat(server(settings(SERVER + ",\"cacheAllowSeconds\":10")).cache())
                .contains(new ServerSettings.Cache(Duration.ofSeconds(10), Duration.ofSeconds(1), 10_000));
        assertThatThrownBy(() -> settings(SERVER + ",\"cacheAllowSeconds\":5,\"cacheDenySeconds\":6"))
                .hasMessageContaining("cacheDenySeconds");
    }

    @Test
    void addsAliasesToTheDefaultOne() {
        assertThat(settings(SERVER + ",\"actionAliases\":[{\"action\":\"call\",\"relation\":\"can_call\"}]")
                        .mapping()
                        .actionAliases())
                .isEqualTo(Map.of("tools/call", "can_call", "call", "can_call"));
    }

    @Test
    void shadowModeIsOffUnlessItIsSet() {
        assertThat(settings(SERVER + ",\"permissionMode\":\"\",\"shadowServers\":[\"\",null]")
                        .access())
                .isEqualTo(AccessSettings.DEFAULTS);
        assertThat(settings(SERVER + ",\"permissionMode\":\"shadow\",\"shadowServers\":[\" billing-mcp \"]")
                        .access())
                .isEqualTo(AccessSettings.DEFAULTS.withPermissions(
                        AccessSettings.PermissionMode.SHADOW, Set.of("billing-mcp")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"mode\":\"cloud\" | mode",
                "\"storeId\":\"short\" | storeId",
                "\"authorizationModelId\":\"short\" | authorizationModelId",
                "\"connectionUri\":\"fga:8080\" | connectionUri",
                "\"connectionUri\":\"http://user:pass@fga\" | connectionUri",
                "\"connectionUri\":\"file:///etc/passwd\" | connectionUri",
                "\"apiToken\":\"t\",\"clientId\":\"c\" | exclude each other",
                "\"clientId\":\"c\",\"apiTokenIssuer\":\"i\" | clientSecret",
                "\"clientId\":\"c\",\"clientSecret\":\"s\" | apiTokenIssuer",
                "\"deadlineMillis\":0 | deadlineMillis",
                "\"consistency\":\"maybe\" | consistency",
                "\"scopeCheck\":\"maybe\" | scopeCheck",
                "\"permissionMode\":\"off\" | permissionMode must be one of enforce, shadow",
                "\"toolObject\":\"tool\" | tool:{tool}",
                "\"actionAliases\":[{\"action\":\"call\"}] | relation",
                "\"headers\":[{\"name\":\"Authorization\",\"value\":\"x\"}] | Authorization",
                "\"headers\":[{\"name\":\"Expect\",\"value\":\"x\"}] | Expect",
                "\"headers\":[{\"name\":\"upgrade\",\"value\":\"x\"}] | upgrade",
                "\"headers\":[{\"name\":\"X Y\",\"value\":\"x\"}] | headers",
                "\"tlsClientKey\":\"k\" | private key",
                "\"mode\":\"embedded\" | storeFile",
                "\"mode\":\"embedded\",\"storeFile\":\"../x.yaml\" | storeFile",
                "\"mode\":\"embedded\",\"storeFile\":\"/etc/passwd\" | storeFile",
                "\"mode\":\"embedded\",\"storeFile\":\"a\\\\b\" | storeFile",
            })
    void saysWhichSettingIsWrong(String wrong, String words) {
        assertThatThrownBy(() -> settings(SERVER + "," + wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("pass");
    }

    private static EngineSettings settings(String members) {
        try {
            return EngineSettings.of(new ObjectMapper().readValue("{" + members + "}", OpenFgaConfiguration.class));
        } catch (JsonProcessingException e) {
            throw new AssertionError(members, e);
        }
    }

    private static ServerSettings server(EngineSettings settings) {
        return ((Source.Server) settings.source()).settings();
    }

    private static Authentication.ClientCredentials credentials(EngineSettings settings) {
        return (Authentication.ClientCredentials) server(settings).authentication();
    }
}
