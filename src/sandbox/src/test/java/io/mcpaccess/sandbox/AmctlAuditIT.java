package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.sandbox.AmctlProcess.Result;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command line makes of decisions that a gateway has really made. */
@Timeout(180)
class AmctlAuditIT {

    @TempDir
    static Path folder;

    private static SandboxServer sandbox;
    private static AmctlProcess amctl;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(folder.resolve("store.fga.yaml"), """
                model: |
                  model
                    schema 1.1
                  type user
                  type tool
                    relations
                      define can_call: [user]
                tuples:
                  - {user: "user:alice", relation: can_call, object: "tool:list_invoices"}
                  - {user: "user:carol", relation: can_call, object: "tool:list_invoices"}
                """);
        sandbox =
                SandboxServer.start(Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), """
                        gateway: {port: 0}
                        management: {port: 0}
                        managementUsers:
                          - {username: auditor, password: only, permissions: [DOMAIN_AUDIT]}
                        domains:
                          - id: demo
                            users: [{username: alice, password: wonderland}]
                            protectedResources:
                              - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                                 features: [{key: list_invoices, description: List, scopes: ["invoices:read"]}]}
                            authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: store.fga.yaml}}
                        """);
        amctl = new AmctlProcess(folder)
                .with("AMCTL_URL", sandbox.management() + "/management")
                .with("AMCTL_USERNAME", "admin")
                .with("AMCTL_PASSWORD", "adminadmin");
        ask("alice");
        ask("bob");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void theLastDecisionsAreListed() {
        Result all = amctl.run("audit", "demo", "--json");
        Result refused = amctl.run("audit", "demo", "--decision", "refused");

        assertThat(all.code()).as(all.err()).isZero();
        assertThat(all.json().path("decisions"))
                .extracting(each -> each.path("subject").asText() + " "
                        + each.path("reason_code").asText())
                .containsExactly("user:alice permitted", "user:bob permission_denied");
        assertThat(refused.out())
                .contains("user:bob tools/call list_invoices", "1 shown")
                .doesNotContain("alice");
    }

    @Test
    void theyAreAskedAgainOfAChange() {
        Result asIs = amctl.run("replay", "demo");
        Result changed = amctl.run(
                "replay", "demo", "--delete", "user:alice can_call tool:list_invoices", "--json", "--fail-on-flip");

        assertThat(asIs.code()).as(asIs.err()).isZero();
        assertThat(asIs.out()).contains("2 decisions, 2 asked again: 0 would end otherwise.");
        assertThat(changed.code()).as(changed.err()).isEqualTo(9);
        assertThat(changed.json().path("flips"))
                .extracting(flip ->
                        flip.path("user").asText() + " " + flip.path("now").asText())
                .containsExactly("user:alice refused");
    }

    @Test
    void whatNobodyNeedsIsReviewed() throws Exception {
        Path file = folder.resolve("review.json");
        Result review = amctl.run("review", "demo", "-o", file.toString());

        assertThat(review.code()).as(review.err()).isZero();
        assertThat(review.out())
                .contains("unused   user:carol can_call tool:list_invoices", "2 permissions: 1 unused")
                .doesNotContain("alice");
        Result plan = amctl.run("tuples", "remove", "demo", file.toString());
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("user:carol", "nothing was changed");
        assertThat(amctl.run("impact", "demo", "--remove", file.toString()).out())
                .contains("loses   user:carol");
    }

    @Test
    void aPlanSaysWhoGainsAndWhoLoses() throws Exception {
        Path file = Files.writeString(folder.resolve("servers.yaml"), """
                servers:
                  - {name: shop, resourceIdentifiers: ["https://shop.example/mcp"], tools: [{key: buy}]}
                  - {name: copycat, resourceIdentifiers: ["https://copycat.example/mcp"],
                     tools: [{key: list_invoices, scopes: ["copycat:list"]}]}
                """);

        Result plan = amctl.run("plan", "demo", "-f", file.toString(), "--force");
        Result without = amctl.run("plan", "demo", "-f", file.toString(), "--force", "--no-impact");

        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains("impact: users approve buy anew.", "impact: list_invoices closes for all; users approve");
        assertThat(without.out()).doesNotContain("impact:");
    }

    @Test
    void entriesWithoutContentNeedAnotherRight() {
        Result result = amctl.with("AMCTL_USERNAME", "auditor")
                .with("AMCTL_PASSWORD", "only")
                .run("audit", "d1");
        Result known = amctl.with("AMCTL_USERNAME", "auditor")
                .with("AMCTL_PASSWORD", "only")
                .run("audit", "demo");

        assertThat(result.code()).isEqualTo(7);
        assertThat(known.code()).isEqualTo(7);
        assertThat(known.err()).contains("ORGANIZATION_AUDIT");
    }

    private static void ask(String user) throws Exception {
        String body = """
                {"subject":{"type":"user","id":"%s"},"action":{"name":"tools/call"},
                 "resource":{"type":"tool","id":"list_invoices"}}""".formatted(user);
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/demo/access/v1/evaluation"))
                .header("Authorization", basic("billing-mcp", "s2"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
