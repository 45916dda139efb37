package io.mcpaccess.guard.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionReaderTest {
    private final ObjectMapper json = new ObjectMapper();
    private final DecisionReader decisions = new DecisionReader();

    @Test
    void aBooleanTrueThatRestsOnEveryLayerIsAYes() throws JsonProcessingException {
        assertThat(read("{'decision':true,'context':{'layers':['token','scope','permission']}}"))
                .isEqualTo(new AccessAnswer.Permitted());
        assertThat(read("{'decision':true}")).isInstanceOf(AccessAnswer.Unavailable.class);
    }

    @Test
    void aYesOfShadowModeIsAYesInItsWholeForm() throws JsonProcessingException {
        assertThat(read("{'decision':true,'context':{'reason_code':'shadowed','layers':['token','scope'],"
                        + "'shadow':{'reason_code':'permission_denied'}}}"))
                .isEqualTo(new AccessAnswer.Permitted());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'reason_code':'shadowed','layers':['token','scope']}",
                "{'reason_code':'shadowed','layers':['token','scope'],'shadow':true}",
                "{'reason_code':'shadowed','layers':['token','scope'],'shadow':{'reason_code':''}}",
                "{'reason_code':'shadowed','layers':['token','scope'],'shadow':{'reason_code':['x']}}",
                "{'reason_code':'shadowed','layers':['scope'],'shadow':{'reason_code':'permission_denied'}}",
                "{'reason_code':'shadowed','layers':['token'],'shadow':{'reason_code':'permission_denied'}}",
                "{'reason_code':'shadowed','layers':[],'shadow':{'reason_code':'permission_denied'}}",
                "{'reason_code':'shadowed','shadow':{'reason_code':'permission_denied'}}",
                "{'reason_code':'permitted','layers':['token','scope'],'shadow':{'reason_code':'permission_denied'}}",
                "{'layers':['token','scope'],'shadow':{'reason_code':'permission_denied'}}",
                "{'reason_code':['shadowed'],'layers':['token','scope'],'shadow':{'reason_code':'permission_denied'}}"
            })
    void halfAYesOfShadowModeIsNone(String context) throws JsonProcessingException {
        assertThat(read("{'decision':true,'context':" + context + "}")).isInstanceOf(AccessAnswer.Unavailable.class);
    }

    @Test
    void aNoIsANoWhateverElseItSays() throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'shadowed','layers':['token','scope'],"
                        + "'shadow':{'reason_code':'permission_denied'}}}"))
                .isInstanceOf(AccessAnswer.NotPermitted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'decision':'true'}", "{'decision':1}", "{'decision':null}"})
    void anythingElseThanABooleanIsNoDecision(String body) throws JsonProcessingException {
        assertThat(read(body)).isInstanceOf(AccessAnswer.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token_inactive", "audience_mismatch"})
    void aTokenThatIsNotGoodIsRefusedAsSuch(String reason) throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'" + reason + "'}}"))
                .isEqualTo(new AccessAnswer.TokenRefused(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope_missing", "reconsent_required"})
    void missingScopesAreNamed(String reason) throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'" + reason + "','required_scopes':['a','b']}}"))
                .isEqualTo(new AccessAnswer.ScopesMissing(List.of("a", "b"), reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'a'", "[1]", "['a\\\\']"})
    void missingScopesWithoutAUsableListAreAPlainNo(String scopes) throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'scope_missing','required_scopes':" + scopes
                        + "}}"))
                .isEqualTo(new AccessAnswer.NotPermitted("scope_missing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permission_denied",
                "tool_unknown",
                "tool_ambiguous",
                "subject_mismatch",
                "client_not_allowed",
                "something_new"
            })
    void everyOtherReasonIsAPlainNo(String reason) throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'" + reason + "'}}"))
                .isEqualTo(new AccessAnswer.NotPermitted(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine_unavailable", "engine_not_configured"})
    void aMissingEngineIsNoDecision(String reason) throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'" + reason + "'}}"))
                .isEqualTo(new AccessAnswer.Unavailable(reason));
    }

    @Test
    void aReasonThatCouldForgeALogLineIsDropped() throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'x\\ny'}}"))
                .isEqualTo(new AccessAnswer.NotPermitted("denied"));
        assertThat(read("{'decision':false}")).isEqualTo(new AccessAnswer.NotPermitted("denied"));
    }

    private AccessAnswer read(String singleQuoted) throws JsonProcessingException {
        return decisions.read(json.readTree(singleQuoted.replace('\'', '"')));
    }
}
