package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token of an application or agent never passes for a user of the same name. */
class CallerKindTest extends GuardWithAm {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'username':'rosa','sub':'7','client_id':'app' | user | rosa",
                "'gis':'idp:7','sub':'7','client_id':'app','username':'rosa','act':{'sub':'bot','sub_profile':'x'} | user | rosa",
                "'sub':'plain','client_id':'plain' | application | plain",
                "'sub':'rosa','client_id':'app' | user | rosa",
                "'sub':'plain' | application | plain",
                "'sub':'plain','client_id':'https://billing.example.com/mcp' | application | plain",
                "'sub':'plain','client_id':'plain','username':'plain' | application | plain",
                "'sub':'rosa','username':'rosa','sub_profile':'autonomous','act':{'sub':'bot'},'client_id':'x' | agent | bot",
                "'sub':'rosa','username':'rosa','gis':'idp:rosa','sub_profile':'hosted','client_id':'bot' | agent | bot"
            })
    void attackAClientThatIsCalledLikeAUser(String claims, String type, String id) {
        introspection(
                okJson(("{'active':true,'aud':'" + RESOURCE + "','exp':1100," + claims + "}").replace('\'', '"')));
        assertThat(guard.check(bearer(CALL)).isAllowed()).isTrue();
        AM.verify(
                1,
                postRequestedFor(urlEqualTo("/demo/access/v1/evaluation"))
                        .withRequestBody(matchingJsonPath("$.subject.type", equalTo(type)))
                        .withRequestBody(matchingJsonPath("$.subject.id", equalTo(id))));
    }

    @Test
    void namesTheInstanceOfAnAgentWherePermissionsDo() {
        introspection(okJson("{\"active\":true,\"aud\":\"" + RESOURCE
                + "\",\"sub\":\"instance-1\",\"sub_profile\":\"autonomous\",\"act\":{\"sub\":\"bot\"}}"));
        Rules rules = Rules.usual().withSubject(Rules.usual().subject().withAgentInstances());
        McpGuard byInstance = new McpGuard(
                configuration(Limits.usual().withTimeouts(PATIENT, PATIENT)).withRules(rules));
        assertThat(byInstance.check(bearer(CALL)).isAllowed()).isTrue();
        AM.verify(postRequestedFor(urlEqualTo("/demo/access/v1/evaluation"))
                .withRequestBody(matchingJsonPath("$.subject.id", equalTo("instance-1"))));
    }

    @Test
    void namesTheCauseWhereAmTellsNoAudience() {
        introspection(okJson("{\"active\":true,\"username\":\"alice\"}"));
        assertThat(refused(bearer(CALL)).answer().headers().get("WWW-Authenticate"))
                .contains("allowAudience");
    }
}
