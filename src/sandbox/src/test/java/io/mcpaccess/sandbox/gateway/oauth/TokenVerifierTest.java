package io.mcpaccess.sandbox.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.am.common.jwt.JWT;
import io.mcpaccess.sandbox.TestClock;
import io.mcpaccess.sandbox.TestTables;
import io.mcpaccess.sandbox.am.DomainEventManager;
import io.mcpaccess.sandbox.am.TableRepositories;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.TokenRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.mcpaccess.sandbox.gateway.am.McpServerManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
    private static final String BILLING = "http://billing/mcp";
    private static final String PAYROLL = "http://payroll/mcp";

    private final TestClock clock = new TestClock();
    private final Tables tables = TestTables.of("""
            domains:
              - id: demo
                applications: [{clientId: agent}]
                protectedResources:
                  - {name: billing, clientId: billing-mcp, resourceIdentifiers: ["http://billing/mcp"]}
                  - {name: payroll, clientId: payroll-mcp, resourceIdentifiers: ["http://payroll/mcp"]}
            """);
    private final SecurityDomain domain = new SecurityDomain(
            tables.domains().find("demo").orElseThrow(),
            "http://gateway/demo",
            tables,
            new DomainKeys(),
            new SecurityDomain.Lifetimes(60, 7200, 14400, 14400, 2592000),
            clock);
    private final McpServerManager resources = new McpServerManager(
            "demo", new TableRepositories.ProtectedResources(tables, false), new DomainEventManager());
    private final TokenVerifier verifier = new TokenVerifier(domain, tables.accessTokens(), resources);

    @BeforeEach
    void start() throws Exception {
        resources.start();
    }

    @Test
    void revokedTokenCountsUntilItIsTenSecondsOld() {
        String token = token(BILLING);
        tables.accessTokens().take("jti");

        clock.pass(Duration.ofSeconds(9));
        assertThat(verifier.verify(token, false)).isPresent();
        clock.pass(Duration.ofSeconds(1));
        assertThat(verifier.verify(token, false)).isEmpty();
        assertThat(verifier.verify(token, true)).as("not looked up at all").isPresent();
    }

    @Test
    void expiredTokenDoesNotCount() {
        String token = token(BILLING);

        clock.pass(Duration.ofSeconds(100));

        assertThat(verifier.verify(token, false)).isEmpty();
    }

    @Test
    void tokenOfAnotherKeyDoesNotCount() {
        SecurityDomain stranger =
                new SecurityDomain(domain.row(), domain.base(), tables, new DomainKeys(), domain.lifetimes(), clock);

        assertThat(new TokenVerifier(stranger, tables.accessTokens(), resources).verify(token(BILLING), true))
                .isEmpty();
        assertThat(verifier.verify("no.jwt.here", true)).isEmpty();
    }

    @Test
    void resourceTokenIsForItsServerAlone() {
        JWT jwt = verifier.verify(token(BILLING), true).orElseThrow();

        assertThat(verifier.isForCaller(jwt, "billing-mcp")).isTrue();
        assertThat(verifier.isForCaller(jwt, "payroll-mcp")).isFalse();
        assertThat(verifier.isForCaller(jwt, "agent")).isFalse();
    }

    @Test
    void tokenForTwoServersIsForNeither() {
        JWT jwt = verifier.verify(token(List.of(BILLING, PAYROLL)), true).orElseThrow();

        assertThat(verifier.isForCaller(jwt, "billing-mcp")).isFalse();
        assertThat(verifier.isForCaller(jwt, "payroll-mcp")).isFalse();
    }

    @Test
    void audienceThatNobodyHasIsForNobody() {
        JWT jwt = verifier.verify(token("http://gone/mcp"), true).orElseThrow();

        assertThat(verifier.isForCaller(jwt, null)).isFalse();
        assertThat(verifier.isForCaller(jwt, "billing-mcp")).isFalse();
    }

    @Test
    void clientOfAYoungResourceTokenIsItsAudienceAndLaterTheRealOne() {
        JWT jwt = verifier.verify(token(BILLING), true).orElseThrow();

        assertThat(verifier.clientOf(jwt)).isEqualTo(BILLING);
        clock.pass(Duration.ofSeconds(10));
        assertThat(verifier.clientOf(jwt)).isEqualTo("agent");
    }

    private String token(Object audience) {
        long now = clock.instant().getEpochSecond();
        tables.accessTokens()
                .save(new TokenRow("jti", "demo", "agent", "user", null, clock.millis(), clock.millis() + 100_000));
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", "alice");
        claims.put("aud", audience);
        claims.put("domain", "demo");
        claims.put("jti", "jti");
        claims.put("iat", now);
        claims.put("exp", now + 100);
        return domain.keys().sign(claims);
    }
}
