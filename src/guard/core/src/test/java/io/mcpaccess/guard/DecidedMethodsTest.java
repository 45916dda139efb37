package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.mcpaccess.guard.GuardDecision.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, prompts and tasks are closed, or open to every token, or asked about one by one. */
class DecidedMethodsTest extends GuardWithAm {
    private static final String YES =
            "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}";
    private static final String NO = "{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}";

    @BeforeEach
    void everyMethodIsAskedAbout() {
        guard = guard(Rules.usual().withDecidedMethods(MethodQuestions.METHODS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resources/read        | 'uri':'file:///a'                           | resource | file:///a",
                "resources/subscribe   | 'uri':'file:///a'                           | resource | file:///a",
                "resources/unsubscribe | 'uri':'file:///a'                           | resource | file:///a",
                "prompts/get           | 'name':'dunning letter'                     | prompt   | dunning letter",
                "completion/complete   | 'ref':{'type':'ref/prompt','name':'letter'} | prompt   | letter",
                "completion/complete   | 'ref':{'type':'ref/resource','uri':'x://y'} | resource | x://y",
                "tasks/get             | 'taskId':'t-1'                              | task     | t-1",
                "tasks/result          | 'taskId':'t-1'                              | task     | t-1",
                "tasks/cancel          | 'taskId':'t-1'                              | task     | t-1"
            })
    void aRequestAsksItsOwnQuestion(String method, String params, String type, String id) {
        assertThat(guard.check(asking(method, params)).isAllowed()).isTrue();
        AM.verify(
                1, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")).withRequestBody(equalToJson("""
                {"subject":{"type":"identity","id":"alice"},"action":{"name":"%s"},
                 "resource":{"type":"%s","id":"%s"},"context":{"access_token":"the-token"}}""".formatted(
                                method, type, id))));

        decision(okJson(NO));
        GuardDecision.Refused refused = refused(asking(method, params));
        assertThat(refused.kind()).isEqualTo(Kind.METHOD_REFUSED);
        assertThat(refused.answer().status()).isEqualTo(200);
        assertThat(refused.answer().body())
                .contains("-32602", "does not exist or you may not")
                .doesNotContain(id);

        decision(WireMock.serverError());
        assertThat(refused(asking(method, params)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resources/read      | 'name':'x'",
                "resources/read      | 'uri':['file:///a']",
                "resources/read      | 'uri':'file:///a','URI':'file:///b'",
                "prompts/get         | 'name':''",
                "prompts/get         | 'name':'a','Name':'b'",
                "tasks/get           | 'taskId':'a','task_id':'b'",
                "completion/complete | 'ref':{'type':'ref/tool','name':'x'}",
                "completion/complete | 'ref':{'type':'ref/prompt','name':'a','Name':'b'}",
                "completion/complete | 'name':'a'"
            })
    void attackARequestThatDoesNotClearlySayWhatItIsAbout(String method, String params) {
        assertThat(refused(asking(method, params)).kind()).isEqualTo(Kind.MALFORMED);
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resources/read",
                "resources/list",
                "resources/templates/list",
                "resources/subscribe",
                "prompts/get",
                "prompts/list",
                "completion/complete",
                "tasks/get",
                "tasks/list",
                "tasks/update",
                "subscriptions/listen/x"
            })
    void closedUnlessTheRulesSayOtherwise(String method) {
        guard = guard(Rules.usual());
        assertThat(refused(asking(method, "'uri':'a','name':'a','taskId':'a'")).reason())
                .isEqualTo("method_not_open");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resources/list           | resources         | uri         | resources/read | resource",
                "resources/templates/list | resourceTemplates | uriTemplate | resources/read | resource",
                "prompts/list             | prompts           | name        | prompts/get    | prompt",
                "tasks/list               | tasks             | taskId      | tasks/get      | task"
            })
    void aListIsFilteredInOneBatch(String method, String member, String key, String action, String type) {
        batch(YES + "," + NO);
        String shown = filtered(
                method,
                "{'jsonrpc':'2.0','id':1,'result':{'%s':[{'%s':'a b','x':1.10},{'%s':'c'},{'other':'d'}],'nextCursor':'n'}}"
                        .formatted(member, key, key));
        assertThat(shown)
                .isEqualTo("{'jsonrpc':'2.0','id':1,'result':{'%s':[{'%s':'a b','x':1.10}],'nextCursor':'n'}}"
                        .formatted(member, key)
                        .replace('\'', '"'));
        AM.verify(
                1,
                postRequestedFor(urlEqualTo("/demo/access/v1/evaluations"))
                        .withRequestBody(equalToJson("""
                {"subject":{"type":"identity","id":"alice"},"action":{"name":"%s"},"context":{"access_token":"the-token"},
                 "evaluations":[{"resource":{"type":"%s","id":"a b"}},{"resource":{"type":"%s","id":"c"}}]}""".formatted(action, type, type))));
    }

    @Test
    void aListWithoutADecisionIsAnError() {
        batch(YES);
        assertThat(filtered("prompts/list", "{'id':1,'result':{'prompts':[{'name':'a'},{'name':'b'}]}}"))
                .contains("-32603")
                .doesNotContain("prompts");
    }

    @Test
    void attackAListUnderAnotherName() {
        Optional<String> shown = list("prompts/list").apply("{\"id\":1,\"result\":{\"Prompts\":[{\"name\":\"b\"}]}}");
        assertThat(shown).isEmpty();
        assertThat(list("resources/list")
                        .apply("{\"id\":1,\"result\":{\"resources\":[{\"uri\":\"a\",\"Uri\":\"b\"}]}}"))
                .isEmpty();
    }

    @Test
    void whatIsOpenToEveryTokenIsNotFiltered() {
        guard = guard(Rules.usual().withOpenMethods(Set.of("prompts/list", "prompts/get")));
        String whole = "{\"id\":1,\"result\":{\"prompts\":[{\"name\":\"a\"}]}}";
        assertThat(list("prompts/list").apply(whole)).contains(whole);
        assertThat(guard.check(asking("prompts/get", "'name':'a'")).isAllowed()).isTrue();
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void newsOfEachResourceIsAskedAbout() {
        batch(YES + "," + NO);
        String uris = "'notifications':{'resourceSubscriptions':['a://1','a://2']}";
        assertThat(refused(asking("subscriptions/listen", uris)).kind()).isEqualTo(Kind.METHOD_REFUSED);
        batch(YES + "," + YES);
        assertThat(guard.check(asking("subscriptions/listen", uris)).isAllowed())
                .isTrue();
        assertThat(refused(asking("subscriptions/listen", "'notifications':{'resourceSubscriptions':[1]}"))
                        .kind())
                .isEqualTo(Kind.MALFORMED);
    }

    @Test
    void rulesThatCannotBeKeptAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rules.usual().withDecidedMethods(Set.of("tasks/update")))
                .withMessageContaining("tasks/update")
                .withMessageContaining("prompts/get");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Rules.usual().withOpenMethods(Set.of("prompts/get")).withDecidedMethods(Set.of("prompts/get")))
                .withMessageContaining("both open and decided");
    }

    @Test
    void theDenialOfTheProposalComesOnDemand() {
        decision(okJson(NO));
        assertThat(refused(bearer(CALL)).answer().body()).doesNotContain("_meta");
        guard = guard(Rules.usual().withDecidedMethods(Set.of("prompts/get")).withDenials(Denials.STRUCTURED));
        String denial = "\"_meta\":{\"io.modelcontextprotocol/authorization\":"
                + "{\"reason\":\"insufficient_authorization\",\"remediation\":\"undisclosed\"}}";
        assertThat(refused(bearer(CALL)).answer().body()).contains("\"isError\":true," + denial);
        assertThat(refused(asking("prompts/get", "'name':'a'")).answer().body()).contains("\"data\":{" + denial);
    }

    private ListFilter list(String method) {
        return ((GuardDecision.Allowed) guard.check(asking(method, ""))).list().orElseThrow();
    }

    private String filtered(String method, String singleQuoted) {
        return list(method).apply(singleQuoted.replace('\'', '"')).orElseThrow();
    }

    private static void batch(String answers) {
        AM.stubFor(post("/demo/access/v1/evaluations").willReturn(okJson("{\"evaluations\":[" + answers + "]}")));
    }

    private static GuardRequest asking(String method, String params) {
        return new GuardRequest(
                "POST",
                List.of("Bearer the-token"),
                McpHeaders.none(),
                body("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':{" + params + "}}"));
    }
}
