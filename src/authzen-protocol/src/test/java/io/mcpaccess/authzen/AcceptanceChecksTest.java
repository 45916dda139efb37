package io.mcpaccess.authzen;

import static io.mcpaccess.authzen.testing.AmDomain.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.handler.OAuth2AuthResponse;
import io.mcpaccess.authzen.testing.AmDomain;
import io.mcpaccess.authzen.testing.SpiEngine;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What AuthZEN 1.0 and its certification scenario ask of a PDP, one check a test, over HTTP. Checks that need OpenFGA's
 * semantics stand beside the sandbox.
 */
class AcceptanceChecksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALICE_READS = question("alice", "read", "record-1");
    private static final String BOB_WRITES = question("bob", "write", "record-1");

    private static final SpiEngine ENGINE = new SpiEngine();
    private static AmDomain domain;

    @BeforeAll
    static void start() throws Exception {
        domain = AmDomain.startedWith(ENGINE);
    }

    @AfterAll
    static void stop() {
        domain.close();
    }

    @BeforeEach
    void forget() {
        ENGINE.reset();
        ENGINE.permissions.add("user:alice read record:record-1");
        ENGINE.permissions.add("user:bob read record:record-1");
    }

    @Test
    void check01PermitAndDenyAre200WithABooleanDecision() throws Exception {
        for (String body : List.of(ALICE_READS, BOB_WRITES)) {
            HttpResponse<String> response = domain.ask("/evaluation", body);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(JSON.readTree(response.body()).path("decision").isBoolean())
                    .isTrue();
        }
        assertThat(decision(ALICE_READS)).isTrue();
        assertThat(decision(BOB_WRITES)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject", "action", "resource"})
    void check02AMissingEntityIs400(String entity) throws Exception {
        assertRefused("/evaluation", without(ALICE_READS, "/" + entity));
        assertRefused("/evaluation", with(ALICE_READS, "/" + entity, "null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/subject/type", "/subject/id", "/action/name", "/resource/type", "/resource/id"})
    void check03AMissingOrEmptyMemberIs400(String member) throws Exception {
        assertRefused("/evaluation", without(ALICE_READS, member));
        assertRefused("/evaluation", with(ALICE_READS, member, "\"\""));
        assertRefused("/evaluation", with(ALICE_READS, member, "null"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/subject | \"alice\"",
                "/subject | []",
                "/subject/id | 7",
                "/subject/properties | []",
                "/action | \"read\"",
                "/action/name | 123",
                "/resource | 1",
                "/resource/type | {}",
                "/resource/properties | \"x\"",
                "/context | []",
                "/context | \"x\""
            })
    void check04AWrongTypeIs400(String member, String value) throws Exception {
        assertRefused("/evaluation", with(ALICE_READS, member, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "[]", "null", "\"x\"", "1", "{", "{}}", "{}{}", "{\"a\":1,}", "{'a':1}", "{\"a\":NaN}"})
    void check05ABodyThatIsNoJsonObjectIs400(String body) throws Exception {
        assertRefused("/evaluation", body);
        assertRefused("/evaluations", body);
        assertRefused("/search/action", body);
    }

    @Test
    void check05ADuplicateMemberIs400AtAnyDepth() throws Exception {
        assertRefused("/evaluation", ALICE_READS.replace("\"id\":\"alice\"", "\"id\":\"bob\",\"id\":\"alice\""));
        assertRefused("/evaluation", ALICE_READS.replace("\"id\":\"alice\"", "\"id\":\"bob\",\"\\u0069d\":\"alice\""));
    }

    @Test
    void check05NestingDeeperThan32Is400() throws Exception {
        String deep = "[".repeat(40) + "]".repeat(40);
        assertRefused("/evaluation", with(ALICE_READS, "/context", "{\"a\":" + deep + "}"));
    }

    @Test
    void check06TextIs400AndACharsetIsAccepted() throws Exception {
        for (String contentType :
                new String[] {"text/plain", "application/jsonp", "application/x-www-form-urlencoded"}) {
            assertThat(as(contentType).statusCode()).as(contentType).isEqualTo(400);
        }
        for (String contentType :
                List.of("application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8")) {
            assertThat(as(contentType).statusCode()).as(contentType).isEqualTo(200);
        }
        assertThat(as(null).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
    void check07OtherMethodsAre405(String method) throws Exception {
        for (String path : List.of("/evaluation", "/evaluations", "/search/subject")) {
            HttpResponse<String> response =
                    domain.send(domain.request("/demo/access/v1" + path, basic("billing-mcp:s2"))
                            .method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(response.statusCode()).as(method + " " + path).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).contains("POST");
        }
    }

    @Test
    void check08UnknownMembersAreIgnored() throws Exception {
        assertThat(decision(with(ALICE_READS, "/extra", "{\"a\":[1]}"))).isTrue();
        assertThat(decision(with(ALICE_READS, "/subject/identity", "\"bob\""))).isTrue();
        assertThat(decision(with(ALICE_READS, "/action/method", "7"))).isTrue();
        assertThat(decision(with(ALICE_READS, "/resource/owner", "null"))).isTrue();
    }

    @Test
    void check09TheRequestIdComesBackOnEveryAnswer() throws Exception {
        assertThat(echoed("/evaluation", ALICE_READS, basic("billing-mcp:s2"))).isEqualTo(200);
        assertThat(echoed("/evaluation", "{", basic("billing-mcp:s2"))).isEqualTo(400);
        assertThat(echoed("/evaluation", ALICE_READS, null)).isEqualTo(401);
        assertThat(echoed("/evaluation", "{\"x\":\"" + "a".repeat(2 << 20) + "\"}", basic("billing-mcp:s2")))
                .isEqualTo(400);
        ENGINE.down = true;
        assertThat(echoed("/evaluation", ALICE_READS, basic("billing-mcp:s2"))).isEqualTo(503);
        ENGINE.offered = Set.of();
        assertThat(echoed("/search/action", "{}", basic("billing-mcp:s2"))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer expired", "Bearer", "Basic !", "Basic", "Digest x", "Basic YWdlbnQ6d3Jvbmc="})
    void check10WrongCredentialsAre401WithAChallenge(String authorization) throws Exception {
        HttpResponse<String> response = domain.ask("/evaluation", ALICE_READS, "application/json", authorization);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(ENGINE.asked).isEmpty();
    }

    @Test
    void check10WithoutCredentialsABearerChallengeIsGiven() throws Exception {
        HttpResponse<String> response = domain.ask("/evaluation", ALICE_READS, "application/json", null);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).anyMatch(each -> each.startsWith("Bearer"));
    }

    @Test
    void check11OnlyATokenOfTheDomainsOwnClientAuthenticates() throws Exception {
        token("own", Map.of("sub", "billing-mcp", "aud", "billing-mcp", "domain", "demo"));
        token("other-domain", Map.of("sub", "billing-mcp", "aud", "billing-mcp", "domain", "other"));
        token("other-audience", Map.of("sub", "billing-mcp", "aud", AmDomain.MCP, "domain", "demo"));
        token("users", Map.of("sub", "opaque", "gis", "idp:1", "aud", "billing-mcp", "domain", "demo"));
        assertThat(asking("Bearer own")).isEqualTo(200);
        assertThat(asking("Bearer other-domain")).isEqualTo(401);
        assertThat(asking("Bearer other-audience")).isEqualTo(401);
        assertThat(asking("Bearer users")).isEqualTo(401);
    }

    @Test
    void check12ContextAndPropertiesNeverFlipAPlainDecision() throws Exception {
        for (String value : List.of("{\"decision\":true}", "{\"reason_code\":\"permitted\",\"role\":\"admin\"}")) {
            for (String place :
                    List.of("/context", "/subject/properties", "/action/properties", "/resource/properties")) {
                assertThat(decision(with(ALICE_READS, place, value))).isTrue();
                assertThat(decision(with(BOB_WRITES, place, value))).isFalse();
            }
        }
    }

    @Test
    void check13PropertiesAndContextReachTheEngine() throws Exception {
        decision(with(
                with(ALICE_READS, "/subject/properties", "{\"role\":\"admin\",\"no\":null}"),
                "/context",
                "{\"ip\":[1]}"));
        EvaluationRequest asked = ENGINE.asked.get(0);
        assertThat(asked.subject().properties()).containsEntry("role", "admin").containsEntry("no", null);
        assertThat(asked.context()).containsEntry("ip", List.of(1));
    }

    @Test
    void check15TheSameQuestionHasTheSameAnswer() throws Exception {
        String first = domain.ask("/evaluation", ALICE_READS).body();
        for (int i = 0; i < 10; i++) {
            assertThat(domain.ask("/evaluation", ALICE_READS).body()).isEqualTo(first);
        }
    }

    @Test
    void check17ABatchKeepsOrderAndLengthAndItemsReplaceDefaultsWhole() throws Exception {
        JsonNode items = batch("""
            {"subject": {"type": "user", "id": "bob", "properties": {"a": 1}},
             "action": {"name": "read"}, "resource": {"type": "record", "id": "record-1"},
             "context": {"time": 1},
             "evaluations": [{}, {"action": {"name": "write"}}, {"subject": {"type": "user", "id": "alice"}},
                             {"subject": {"id": "alice"}}, {"context": {"time": 2}}]}\
            """);
        assertThat(decisions(items)).containsExactly(true, false, true, false, true);
        assertThat(items.at("/3/context/error/status").intValue()).isEqualTo(400);
        assertThat(ENGINE.asked).anySatisfy(asked -> {
            assertThat(asked.subject().id()).isEqualTo("alice");
            assertThat(asked.subject().properties()).isEmpty();
            assertThat(asked.context()).containsEntry("time", 1);
        });
        assertThat(ENGINE.asked).anySatisfy(asked -> assertThat(asked.context()).containsEntry("time", 2));
    }

    @Test
    void check18ABatchWithoutItemsIsASingleQuestion() throws Exception {
        for (String body : List.of(ALICE_READS, with(ALICE_READS, "/evaluations", "[]"))) {
            HttpResponse<String> response = domain.ask("/evaluations", body);
            assertThat(JSON.readTree(response.body()).path("decision").asBoolean())
                    .isTrue();
        }
        assertRefused("/evaluations", with(ALICE_READS, "/evaluations", "{}"));
    }

    @Test
    void check19AnIncompleteItemIsFalseAndTheOthersAreAnswered() throws Exception {
        JsonNode items =
                batch("{\"evaluations\":[" + ALICE_READS + ",{},7,{\"subject\":\"alice\"}," + ALICE_READS + "]}");
        assertThat(decisions(items)).containsExactly(true, false, false, false, true);
    }

    @Test
    void check20ShortCircuitsGiveTheProcessedPrefix() throws Exception {
        String items = "[" + ALICE_READS + "," + BOB_WRITES + "," + ALICE_READS + "]";
        assertThat(decisions(batch(semantic(items, "execute_all")))).containsExactly(true, false, true);
        assertThat(decisions(batch(semantic(items, "deny_on_first_deny")))).containsExactly(true, false);
        assertThat(decisions(batch(semantic(items, "permit_on_first_permit")))).containsExactly(true);
        assertRefused("/evaluations", semantic(items, "whatever"));
    }

    @Test
    void check20AnErrorCountsAsADeny() throws Exception {
        assertThat(decisions(batch(semantic("[{}," + ALICE_READS + "]", "deny_on_first_deny"))))
                .containsExactly(false);
    }

    @Test
    void check21AThousandItemsAreAnsweredInOrderAndNoMore() throws Exception {
        IntStream.range(0, 1000)
                .filter(each -> each % 7 == 0)
                .forEach(each -> ENGINE.permissions.add("user:alice read record:r" + each));
        List<Boolean> decisions = decisions(batch(many(1000)));
        assertThat(decisions)
                .isEqualTo(
                        IntStream.range(0, 1000).mapToObj(each -> each % 7 == 0).toList());
        assertRefused("/evaluations", many(1001));
    }

    @Test
    void check21ARepeatedItemIsOneQuestionToTheEngine() throws Exception {
        batch("{\"evaluations\":[" + ALICE_READS + "," + ALICE_READS + "," + BOB_WRITES + "]}");
        assertThat(ENGINE.asked).hasSize(2);
    }

    @Test
    void check23WhatIsNotServedIs404() throws Exception {
        ENGINE.offered = Set.of();
        assertThat(domain.ask("/search/subject", "{}").statusCode()).isEqualTo(404);
        assertThat(domain.ask("/nothing", "{}").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x#read", "*", "a b", "a\\tb", "a\\u0000", "a\\u202e", "\\ud800"})
    void check24IdentifiersThatCouldBeMisreadAreFalseAndNeverAsked(String id) throws Exception {
        JsonNode answer = JSON.readTree(
                domain.ask("/evaluation", question(id, "read", "record-1")).body());
        assertThat(answer.path("decision").asBoolean(true)).isFalse();
        assertThat(decision(question("alice", "read", id))).isFalse();
        assertThat(ENGINE.asked).isEmpty();
    }

    @Test
    void check25UrlsAreIdentifiers() throws Exception {
        ENGINE.permissions.add("user:https://idp.example/u?id=1 read record:urn:x:1");
        assertThat(decision(question("https://idp.example/u?id=1", "read", "urn:x:1")))
                .isTrue();
    }

    @Test
    void check28AnEngineThatDoesNotAnswerIsNeverAnAllow() throws Exception {
        ENGINE.down = true;
        HttpResponse<String> single = domain.ask("/evaluation", ALICE_READS);
        assertThat(single.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(single.body()).path("decision").asBoolean(true))
                .isFalse();
        JsonNode items = batch("{\"evaluations\":[" + ALICE_READS + "," + BOB_WRITES + "]}");
        assertThat(decisions(items)).containsExactly(false, false);
        assertThat(items.at("/0/context/error/status").intValue()).isEqualTo(503);
    }

    private boolean decision(String body) throws Exception {
        HttpResponse<String> response = domain.ask("/evaluation", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body()).path("decision").booleanValue();
    }

    private JsonNode batch(String body) throws Exception {
        HttpResponse<String> response = domain.ask("/evaluations", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body()).path("evaluations");
    }

    private static List<Boolean> decisions(JsonNode items) {
        return items.findValues("decision").stream().map(JsonNode::booleanValue).toList();
    }

    private void assertRefused(String path, String body) throws Exception {
        ENGINE.asked.clear();
        HttpResponse<String> response = domain.ask(path, body);
        assertThat(response.statusCode()).as(path + " " + body).isEqualTo(400);
        assertThat(response.body()).isNotBlank();
        assertThat(ENGINE.asked).isEmpty();
    }

    private HttpResponse<String> as(String contentType) throws Exception {
        return domain.ask("/evaluation", ALICE_READS, contentType, basic("billing-mcp:s2"));
    }

    private int asking(String authorization) throws Exception {
        return domain.ask("/evaluation", ALICE_READS, "application/json", authorization)
                .statusCode();
    }

    private int echoed(String path, String body, String authorization) throws Exception {
        String id = "7f~x/" + body.length();
        HttpResponse<String> response = domain.send(domain.request("/demo/access/v1" + path, authorization)
                .header("Content-Type", "application/json")
                .header("X-Request-ID", id)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(response.headers().allValues("X-Request-ID")).containsExactly(id);
        return response.statusCode();
    }

    private void token(String token, Map<String, Object> claims) {
        doAnswer(call -> {
                    Handler<AsyncResult<Object>> handler = call.getArgument(1);
                    handler.handle(
                            Future.succeededFuture(new OAuth2AuthResponse(new JWT(claims), domain.billing.toClient())));
                    return null;
                })
                .when(domain.bearer)
                .decodeToken(eq(token), any());
    }

    private static String question(String subject, String action, String resource) {
        return "{\"subject\":{\"type\":\"user\",\"id\":\"" + subject + "\"},\"action\":{\"name\":\"" + action
                + "\"},\"resource\":{\"type\":\"record\",\"id\":\"" + resource + "\"}}";
    }

    private static String many(int items) {
        return "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"read\"},\"evaluations\":["
                + String.join(
                        ",",
                        IntStream.range(0, items)
                                .mapToObj(each -> "{\"resource\":{\"type\":\"record\",\"id\":\"r" + each + "\"}}")
                                .toList())
                + "]}";
    }

    private static String semantic(String items, String name) {
        return "{\"evaluations\":" + items + ",\"options\":{\"evaluations_semantic\":\"" + name + "\",\"other\":1}}";
    }

    private static String with(String body, String pointer, String value) throws Exception {
        ObjectNode root = (ObjectNode) JSON.readTree(body);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) root.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), JSON.readTree(value));
        return JSON.writeValueAsString(root);
    }

    private static String without(String body, String pointer) throws Exception {
        ObjectNode root = (ObjectNode) JSON.readTree(body);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) root.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));
        return JSON.writeValueAsString(root);
    }
}
