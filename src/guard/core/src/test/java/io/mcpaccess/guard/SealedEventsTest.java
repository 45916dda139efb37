package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.GuardDecision.Allowed;
import io.mcpaccess.guard.GuardDecision.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of others cannot be resumed: servers find them by the event's id alone. */
class SealedEventsTest extends GuardWithAm {
    @BeforeEach
    void bobHasATokenToo() {
        for (String user : List.of("alice", "bob")) {
            AM.stubFor(post("/demo/oauth/introspect")
                    .withRequestBody(containing("token=" + user))
                    .willReturn(okJson("{\"active\":true,\"aud\":\"" + RESOURCE + "\",\"exp\":1100,\"username\":\""
                            + user + "\",\"sub\":\"sub-" + user + "\"}")));
        }
    }

    @Test
    void attackAnEventIdOfAnotherUser() {
        String sealed =
                allowed("alice", Map.of()).session().eventForClient("e7").orElseThrow();
        assertThat(sealed).startsWith("e7.");
        Allowed again = allowed("alice", Map.of("Last-Event-ID", List.of(sealed)));
        assertThat(again.forServer().header("last-event-id", List.of(sealed))).containsExactly("e7");
        for (String stolen : List.of(sealed, "e7", "e7.", sealed + "x", sealed.replace("e7", "e8"))) {
            GuardDecision decision = get("bob", Map.of("Last-Event-ID", List.of(stolen)));
            assertThat(((GuardDecision.Refused) decision).kind()).isEqualTo(Kind.SESSION_REFUSED);
        }
    }

    @Test
    void attackASessionIdAsAnEventIdAndTheOtherWayRound() {
        McpSession session = allowed("alice", Map.of()).session();
        String event = session.eventForClient("x").orElseThrow();
        String id = session.forClient("x").orElseThrow();
        assertThat(get("alice", Map.of("Last-Event-ID", List.of(id))).isAllowed())
                .isFalse();
        assertThat(get("alice", Map.of("Mcp-Session-Id", List.of(event))).isAllowed())
                .isFalse();
    }

    @Test
    void aPostResumesNothing() {
        Allowed allowed = (Allowed) guard.check(GuardRequest.of(
                "POST",
                Map.of("Authorization", List.of("Bearer alice"), "Last-Event-ID", List.of("e7")),
                body("{'jsonrpc':'2.0','id':1,'method':'ping'}")));
        assertThat(allowed.forServer().header("Last-Event-ID", List.of("e7"))).isEmpty();
    }

    private Allowed allowed(String user, Map<String, List<String>> headers) {
        return (Allowed) get(user, headers);
    }

    private GuardDecision get(String user, Map<String, List<String>> headers) {
        Map<String, List<String>> all = new java.util.HashMap<>(headers);
        all.put("Authorization", List.of("Bearer " + user));
        return guard.check(GuardRequest.of("GET", all, new byte[0]));
    }
}
