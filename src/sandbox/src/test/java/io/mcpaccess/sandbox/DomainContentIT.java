package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flows, forms, applications and switches of a domain over the management API, with AM's rules and rights. */
@Timeout(120)
class DomainContentIT {
    private static final String DOMAIN = ManagementClient.domain("demo");

    private static SandboxServer sandbox;
    private static ManagementClient admin;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        sandbox =
                SandboxServer.start(Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), """
                gateway: {port: 0}
                management: {port: 0}
                managementUsers:
                  - {username: names, password: p, permissions: ["DOMAIN_FLOW[LIST]", "DOMAIN[READ]"]}
                domains:
                  - id: demo
                    applications: [{clientId: agent, clientSecret: s}, {clientId: legacy, clientSecret: s, flowsInherited: false}]
                    flows: [{extensionPoint: PRE_TOKEN, policy: mcp-tool-access, name: watch, configuration: {mode: observe}}]
                """);
        admin = new ManagementClient(sandbox.management(), "admin", "adminadmin");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void aFlowWithAPolicyThatTheNodeLacksIsRefused() {
        HttpResponse<String> refused = admin.call(
                "PUT",
                DOMAIN + "/flows",
                "[{\"name\":\"new\",\"type\":\"CONSENT\",\"pre\":[{\"name\":\"a\",\"policy\":\"other-policy\"}]}]");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Plugin type other-policy not deployed");
    }

    @Test
    void flowsAreOneListInWhichWhatIsMissingIsDeleted() {
        JsonNode listed = json(admin.get(DOMAIN + "/flows"));
        assertThat(listed).hasSize(12);
        assertThat(listed.findValuesAsText("type")).contains("root", "token", "mfa_enrollment");
        assertThat(listed.findValuesAsText("policy")).containsExactly("mcp-tool-access");
        JsonNode token = null;
        for (JsonNode flow : listed) {
            token = flow.path("type").asText().equals("token") ? flow : token;
        }

        JsonNode written = json(admin.call(
                "PUT",
                DOMAIN + "/flows",
                "[" + token + ",{\"name\":\"new\",\"type\":\"CONSENT\",\"pre\":[],\"post\":[]}]"));
        assertThat(written.findValuesAsText("name")).containsExactly("new", "watch", "watch");
        HttpResponse<String> moved = admin.call(
                "PUT",
                DOMAIN + "/flows",
                "[" + token.toString().replace("\"type\":\"token\"", "\"type\":\"consent\"") + "]");
        assertThat(moved.statusCode()).isEqualTo(400);
        assertThat(admin.call("PUT", DOMAIN + "/flows", "[" + token + "," + token + "]")
                        .statusCode())
                .isEqualTo(400);
        assertThat(json(admin.call("PUT", DOMAIN + "/flows", "[" + token + "]")))
                .hasSize(1);
        assertThat(json(admin.get(DOMAIN + "/flows")).findValuesAsText("name"))
                .doesNotContain("new")
                .contains("CONSENT");
    }

    @Test
    void aFormIsThereOnceForItsTemplate() {
        String forms = DOMAIN + "/forms";
        JsonNode own = json(admin.get(forms + "?template=OAUTH2_USER_CONSENT"));
        assertThat(own.path("id").isNull()).isTrue();
        assertThat(own.path("content").asText()).contains("<form");
        String form = "{\"template\":\"OAUTH2_USER_CONSENT\",\"enabled\":true,\"content\":\"<html></html>\"}";

        HttpResponse<String> created = admin.call("POST", forms, form);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(admin.call("POST", forms, form).statusCode()).isEqualTo(400);
        String id = json(created).path("id").asText();
        assertThat(json(admin.call("PUT", forms + "/" + id, "{\"enabled\":false,\"content\":\"x\"}"))
                        .path("content")
                        .asText())
                .isEqualTo("x");
        assertThat(admin.call("DELETE", forms + "/" + id, null).statusCode()).isEqualTo(204);
        assertThat(admin.call("DELETE", forms + "/" + id, null).statusCode()).isEqualTo(404);
    }

    @Test
    void applicationsAreListedBrieflyAndReadWithTheirSettings() {
        JsonNode page = json(admin.get(DOMAIN + "/applications?page=0&size=1"));
        assertThat(page.path("totalCount").asInt()).isEqualTo(2);
        assertThat(page.path("data").path(0).has("settings")).isFalse();
        JsonNode legacy = json(admin.get(DOMAIN + "/applications?page=1&size=1"))
                .path("data")
                .path(0);

        JsonNode read =
                json(admin.get(DOMAIN + "/applications/" + legacy.path("id").asText()));

        assertThat(read.path("settings").path("oauth").path("clientId").asText())
                .isEqualTo("legacy");
        assertThat(read.path("settings").path("advanced").path("flowsInherited").asBoolean(true))
                .isFalse();
    }

    @Test
    void aPatchChangesWhatItNamesAndMustNameSomething() {
        String patch = "{\"oidc\":{\"clientRegistrationSettings\":{\"allowHttpSchemeRedirectUri\":true}}}";

        JsonNode settings =
                json(admin.call("PATCH", DOMAIN, patch)).path("oidc").path("clientRegistrationSettings");

        assertThat(settings.path("allowHttpSchemeRedirectUri").asBoolean()).isTrue();
        assertThat(settings.path("allowLocalhostRedirectUri").asBoolean(true)).isFalse();
        assertThat(admin.call("PATCH", DOMAIN, "{}").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /flows, 200",
        "PUT, /flows, 403",
        "GET, /forms?template=LOGIN, 403",
        "POST, /forms, 403",
        "DELETE, /forms/x, 403",
        "GET, /applications, 403",
        "GET, '', 200"
    })
    void eachHasARightOfItsOwn(String method, String path, int status) {
        ManagementClient names = new ManagementClient(sandbox.management(), "names", "p");
        String body = method.equals("PUT") ? "[]" : method.equals("POST") ? "{}" : null;

        HttpResponse<String> response = names.call(method, DOMAIN + path, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).doesNotContain("mcp-tool-access", "allowLocalhost");
    }

    @Test
    void switchesNeedTheRightOnOpenId() {
        ManagementClient names = new ManagementClient(sandbox.management(), "names", "p");
        String patch = "{\"oidc\":{\"clientRegistrationSettings\":{\"allowWildCardRedirectUri\":true}}}";

        assertThat(names.call("PATCH", DOMAIN, patch).statusCode()).isEqualTo(403);
        assertThat(admin.get("/platform/plugins/policies/mcp-tool-access").statusCode())
                .isEqualTo(200);
        assertThat(admin.get("/platform/plugins/policies/no-such-policy").statusCode())
                .isEqualTo(404);
    }
}
