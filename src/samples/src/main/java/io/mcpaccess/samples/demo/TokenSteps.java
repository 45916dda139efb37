package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The steps about tokens: none, a good one, another server's, a revoked one. */
final class TokenSteps {
    /** AM does not look up a younger token: a revoked one stays active that long. */
    private static final Duration AM_WINDOW = Duration.ofSeconds(10);

    private final Scene scene;
    private final Report report;
    private Instant bobsTokenIssued;

    TokenSteps(Scene scene, Report report) {
        this.scene = scene;
        this.report = report;
    }

    void noToken() {
        report.step(1, "A call without a token", "a client finds AM from nothing but the server's URL");
        JsonNode probe = scene.alice().run("probe");
        DifferentAnswer.unlessEqual(
                "status without a token", 401, probe.path("status").asInt());
        String metadata = probe.path("challenge").path("resource_metadata").asText();
        DifferentAnswer.unless(!metadata.isEmpty(), "the challenge has resource_metadata", probe);
        DifferentAnswer.unless(!probe.path("challenge").has("error"), "the challenge has no error", probe);
        report.saw("401, resource_metadata=" + metadata);
        JsonNode found = scene.alice().run("discover");
        String issuer = scene.gateway().domainUrl() + "/oidc";
        DifferentAnswer.unlessEqual("issuer", issuer, found.path("issuer").asText());
        report.saw("metadata leads to " + issuer + ", token endpoint "
                + found.path("token_endpoint").asText());
        report.row("no token", 401, "", probe.path("millis").asLong());
    }

    void authorizationCode() throws IOException {
        report.step(
                2,
                "Authorization code with PKCE S256 and resource; login, consent",
                "AM issues the token for this MCP server and no other");
        JsonNode main = scene.alice().run("login main " + scene.billing() + " invoices:read invoices:void");
        DifferentAnswer.unlessEqual("aud", scene.billing(), main.path("aud").asText());
        String scope = main.path("scope").asText();
        DifferentAnswer.unless(
                scope.contains("invoices:read") && scope.contains("invoices:void"), "both scopes granted", scope);
        report.saw("aud=" + main.path("aud").asText() + " scope=" + scope);
        report.row("login, consent, token", 200, "", main.path("millis").asLong());

        String archive = scene.domain().resourceOf("archive");
        JsonNode other = scene.alice().run("login other " + archive + " archive:read");
        DifferentAnswer.unlessEqual("aud", archive, other.path("aud").asText());
        report.saw("and a token for the other MCP server, aud=" + archive);

        scene.bob().run("discover");
        scene.bob().run("login doomed " + scene.billing() + " invoices:read");
        bobsTokenIssued = Instant.now();
        scene.bob().run("connect doomed");
        JsonNode works = scene.bob().run("call doomed list_invoices");
        DifferentAnswer.unlessEqual(
                "status of bob's call", 200, works.path("status").asInt());
        DifferentAnswer.unlessEqual(
                "bob's call fails", false, works.path("isError").asBoolean());
        scene.administration().revokeConsents("bob");
        report.saw("bob's token works; the administrator revokes what bob approved (looked at in step 8)");
    }

    void refusedTokens() throws IOException, InterruptedException {
        report.step(8, "A token of another MCP server; a revoked token", "only this server's live tokens count");
        JsonNode other = scene.alice().run("call other list_invoices");
        unauthorized(other);
        AuthZenAnswer mismatch =
                scene.gateway().ask("alice", "list_invoices", scene.alice().token("other"));
        DifferentAnswer.unlessEqual("reason for another server's token", "audience_mismatch", mismatch.reason());
        report.saw("another server's token: 401 invalid_token, AuthZEN says " + mismatch.reason());
        report.row(
                "token of another server",
                401,
                mismatch.reason(),
                other.path("millis").asLong());

        Duration age = Duration.between(bobsTokenIssued, Instant.now());
        Duration rest = AM_WINDOW.plusSeconds(2).minus(age);
        if (!rest.isNegative()) {
            report.note("   (waiting " + rest.toSeconds() + " s, until AM looks the revoked token up)");
            Thread.sleep(rest.toMillis());
        }
        JsonNode revoked = scene.bob().run("call doomed list_invoices");
        unauthorized(revoked);
        AuthZenAnswer inactive =
                scene.gateway().ask("bob", "list_invoices", scene.bob().token("doomed"));
        DifferentAnswer.unlessEqual("reason for a revoked token", "token_inactive", inactive.reason());
        report.saw("revoked token: 401 invalid_token, AuthZEN says " + inactive.reason());
        report.row(
                "revoked token", 401, inactive.reason(), revoked.path("millis").asLong());
    }

    private static void unauthorized(JsonNode call) {
        DifferentAnswer.unlessEqual("status", 401, call.path("status").asInt());
        DifferentAnswer.unlessEqual(
                "error of the challenge",
                "invalid_token",
                call.path("challenge").path("error").asText());
    }
}
