package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Nobody takes what is there for all. */
class CallerLimitsTest extends GuardWithAm {
    private static final CallerLimits FEW = new CallerLimits(3, 2, 2, Duration.ofSeconds(1));

    @Test
    void attackOneUserOpensStreamsUntilNobodyElseHasAny() {
        McpGuard narrow = guard(Limits.usual().withTimeouts(PATIENT, PATIENT).withCallers(FEW));
        List<Admission> open = new ArrayList<>();
        for (int stream = 0; stream < 2; stream++) {
            open.add(narrow.admit(head("GET"), "10.0.0.1"));
        }
        assertThat(open).allMatch(one -> one.refusal().isEmpty());
        Admission third = narrow.admit(head("GET"), "10.0.0.1");
        assertThat(third.refusal().orElseThrow().answer().status()).isEqualTo(429);
        assertThat(third.refusal().orElseThrow().answer().headers()).containsKey("Retry-After");
        try (Admission request = narrow.admit(head("POST"), "10.0.0.1")) {
            assertThat(request.refusal()).as("streams are counted apart").isEmpty();
        }
        open.get(0).close();
        open.get(0).close();
        assertThat(narrow.admit(head("GET"), "10.0.0.1").refusal()).isEmpty();
        assertThat(narrow.admit(head("GET"), "10.0.0.1").refusal()).isPresent();
        introspection(okJson("{\"active\":true,\"aud\":\"" + RESOURCE + "\",\"username\":\"bob\",\"sub\":\"bob\"}"));
        assertThat(narrow.admit(RequestHead.of("GET", Map.of("Authorization", List.of("Bearer bobs"))), "10.0.0.1")
                        .refusal())
                .isEmpty();
    }

    @Test
    void attackManyWrongTokensFromOneAddress() {
        introspection(okJson("{\"active\":false}").withFixedDelay(1500));
        McpGuard narrow = guard(Limits.usual().withTimeouts(PATIENT, PATIENT).withCallers(FEW));
        List<CompletableFuture<Admission>> checks = new ArrayList<>();
        for (int token = 0; token < 2; token++) {
            checks.add(narrow.admitAsync(head("POST", "Bearer t" + token), "10.0.0.1"));
        }
        assertThat(narrow.admit(head("POST", "Bearer t3"), "10.0.0.1")
                        .refusal()
                        .orElseThrow()
                        .answer()
                        .status())
                .isEqualTo(429);
        assertThat(narrow.admitAsync(head("POST", "Bearer t4"), "10.0.0.2")
                        .join()
                        .refusal()
                        .orElseThrow()
                        .answer()
                        .status())
                .isEqualTo(401);
        checks.forEach(CompletableFuture::join);
        assertThat(narrow.admit(head("POST", "Bearer t5"), "10.0.0.1")
                        .refusal()
                        .orElseThrow()
                        .answer()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void attackManyWrongTokensFromTheManyAddressesOfOneIpv6Network() {
        introspection(okJson("{\"active\":false}").withFixedDelay(1500));
        McpGuard narrow = guard(Limits.usual().withTimeouts(PATIENT, PATIENT).withCallers(FEW));
        List<CompletableFuture<Admission>> checks = new ArrayList<>();
        for (int token = 0; token < 2; token++) {
            checks.add(narrow.admitAsync(head("POST", "Bearer t" + token), "2001:db8:0:1:0:0:0:" + token));
        }
        assertThat(narrow.admit(head("POST", "Bearer t3"), "2001:db8:0:1:7::3")
                        .refusal()
                        .orElseThrow()
                        .answer()
                        .status())
                .isEqualTo(429);
        checks.forEach(CompletableFuture::join);
    }

    @Test
    void attackABodyFromNobodyIsNeverAskedFor() {
        Admission nobody =
                guard.admit(RequestHead.of("POST", Map.of("Content-Length", List.of("1000000"))), "10.0.0.1");
        assertThat(nobody.refusal().orElseThrow().answer().status()).isEqualTo(401);
        nothingAsked();
    }

    @Test
    void remembersOnlyWhoIsIn() {
        ConcurrencyLimit limit = new ConcurrencyLimit(1);
        for (int who = 0; who < 1000; who++) {
            limit.take("caller " + who).orElseThrow().close();
        }
        assertThat(limit.size()).isZero();
    }

    @Test
    void saysWhatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CallerLimits(0, 1, 1, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new CallerLimits(1, 1, 1, Duration.ZERO));
    }

    private static RequestHead head(String method) {
        return head(method, "Bearer the-token");
    }

    private static RequestHead head(String method, String authorization) {
        return RequestHead.of(method, Map.of("Authorization", List.of(authorization)));
    }
}
