package io.mcpaccess.authzen;

import static io.mcpaccess.authzen.testing.AmDomain.basic;
import static io.mcpaccess.authzen.testing.AmDomain.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.authzen.limit.RateLimitSettings;
import io.mcpaccess.authzen.testing.AmDomain;
import io.mcpaccess.authzen.testing.SpiEngine;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The limit of requests a caller, over HTTP. */
class RateLimitTest {

    private static final String QUESTION = question("alice", "list_invoices", null);

    @Test
    void case19_aCallerThatAsksTooOftenIsToldWhenToAskAgain() throws Exception {
        try (AmDomain domain =
                started(Map.of(RateLimitSettings.REQUESTS_PER_SECOND, "1", RateLimitSettings.BURST, "2"))) {
            assertThat(domain.ask("/evaluation", QUESTION).statusCode()).isEqualTo(200);
            assertThat(domain.ask("/evaluation", QUESTION).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = domain.ask("/evaluation", QUESTION);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.body()).isNotBlank();
            assertThat(domain.ask("/evaluation", QUESTION, "application/json", basic("agent:s"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void thereIsNoLimitUnlessTheOperatorSetsOne() throws Exception {
        try (AmDomain domain = started(Map.of())) {
            for (int i = 0; i < 50; i++) {
                assertThat(domain.ask("/evaluation", QUESTION).statusCode()).isEqualTo(200);
            }
        }
    }

    private static AmDomain started(Map<String, Object> settings) throws Exception {
        AmDomain domain = new AmDomain(settings);
        domain.engine(new SpiEngine());
        domain.start();
        return domain;
    }
}
