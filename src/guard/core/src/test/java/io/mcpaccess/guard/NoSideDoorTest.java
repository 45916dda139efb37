package io.mcpaccess.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.guard.authzen.AccessQuestions;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.AmDomain;
import io.mcpaccess.guard.oauth.CallerKind;
import io.mcpaccess.guard.oauth.ClientCredentials;
import io.mcpaccess.guard.oauth.ProofRules;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import io.mcpaccess.guard.oauth.TokenIntrospection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** With nobody there to permit a call, no text that a lenient server could take for a tool call gets past the guard. */
class NoSideDoorTest {
    private static final Caller CALLER = new Caller(CallerKind.USER, "alice", Optional.empty());

    private final ObjectMapper lenient = new ObjectMapper();
    private final MessageGate gate = gate();

    @Property(tries = 2000)
    void noToolCallGetsPastUnasked(@ForAll("messages") String text, @ForAll("headers") McpHeaders headers) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        GuardDecision decision = gate.forToken(
                        new GuardRequest("POST", List.of("Bearer t"), headers, body), CALLER, "t", McpSession.none())
                .join();
        if (holdsToolCall(body)) {
            assertThat(decision.isAllowed()).as(text).isFalse();
        }
    }

    /** Of every protocol version, true to the body or not. */
    @Provide
    Arbitrary<McpHeaders> headers() {
        Arbitrary<Optional<String>> version =
                Arbitraries.of("2026-07-28", "2025-11-25", "1999-01-01").optional();
        Arbitrary<Optional<String>> method =
                Arbitraries.of("tools/call", "ping", "tools/list").optional();
        Arbitrary<Optional<String>> name =
                Arbitraries.of("a", "b", "=?base64?YQ==?=").optional();
        return Combinators.combine(version, method, name)
                .as((itsVersion, itsMethod, itsName) ->
                        new McpHeaders(itsVersion, itsMethod, itsName, Optional.empty()));
    }

    @Provide
    Arbitrary<String> messages() {
        Arbitrary<String> pieces = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                " ",
                "\n",
                "\"jsonrpc\":\"2.0\"",
                "\"id\":1",
                "\"id\":null",
                "\"id\":\"x\"",
                "\"method\":\"ping\"",
                "\"method\":\"tools/call\"",
                "\"meth\\u006fd\":\"tools/call\"",
                "\"method\":\"tools\\/call\"",
                "\"Method\":\"tools/call\"",
                "\"params\":{\"name\":\"a\"}",
                "\"params\":{\"name\":\"a\",\"name\":\"b\"}",
                "\"params\":{\"name\":\"a\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}",
                "\"result\":{}",
                "\"error\":{}",
                "\u0000",
                "\ufeff");
        Arbitrary<String> loose = pieces.list().ofMaxSize(12).map(parts -> String.join("", parts));
        Arbitrary<String> object = pieces.filter(piece -> piece.startsWith("\""))
                .list()
                .ofMinSize(2)
                .ofMaxSize(6)
                .map(parts -> "{" + String.join(",", parts) + "}");
        return Arbitraries.oneOf(loose, object, object.map(one -> "[" + one + "]"));
    }

    /** The last of two equal members wins, arrays are looked into, what stands behind the value is not seen. */
    private boolean holdsToolCall(byte[] body) {
        try {
            JsonNode root = lenient.readTree(body);
            return root != null
                    && (root.path("method").asText().equals("tools/call")
                            || root.path(0).path("method").asText().equals("tools/call"));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static MessageGate gate() {
        // Nobody listens on port 1: every question ends without a decision.
        AmDomain domain = AmDomain.of("http://127.0.0.1:1/demo");
        ClientCredentials credentials = new ClientCredentials("id", "s");
        RemoteCall remote = new RemoteCall(Duration.ofMillis(200), Duration.ofMillis(200));
        Refusals refusals = new Refusals(
                URI.create("https://b.example/.well-known/x"), List.of(), ProofRules.usual(), Denials.PLAIN);
        AccessQuestions questions = new AccessQuestions(domain, credentials, remote);
        TokenIntrospection introspection = new TokenIntrospection(
                domain,
                credentials,
                ResourceIdentifier.of("https://b.example/mcp"),
                Duration.ZERO,
                1,
                remote,
                Clock.systemUTC());
        return new MessageGate(Rules.usual(), refusals, questions, introspection);
    }
}
