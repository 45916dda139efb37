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
                .isEqualTo(new ToolAnswer.Permitted());
        assertThat(read("{'decision':true}")).isInstanceOf(ToolAnswer.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'decision':'true'}", "{'decision':1}", "{'decision':null}"})
    void anythingElseThanABooleanIsNoDecision(String body) throws JsonProcessingException {
        assertThat(read(body)).isInstanceOf(ToolAnswer.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token_inactive", "audience_mismatch"})
    void aTokenThatIsNotGoodIsRefusedAsSuch(String reason) throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'" + reason + "'}}"))
                .isEqualTo(new ToolAnswer.TokenRefused(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope_missing", "reconsent_required"})
    void missingScopesAreNamed(String reason) throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'" + reason + "','required_scopes':['a','b']}}"))
                .isEqualTo(new ToolAnswer.ScopesMissing(List.of("a", "b"), reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'a'", "[1]", "['a\\\\']"})
    void missingScopesWithoutAUsableListAreAPlainNo(String scopes) throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'scope_missing','required_scopes':" + scopes
                        + "}}"))
                .isEqualTo(new ToolAnswer.NotPermitted("scope_missing"));
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
                .isEqualTo(new ToolAnswer.NotPermitted(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine_unavailable", "engine_not_configured"})
    void aMissingEngineIsNoDecision(String reason) throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'" + reason + "'}}"))
                .isEqualTo(new ToolAnswer.Unavailable(reason));
    }

    @Test
    void aReasonThatCouldForgeALogLineIsDropped() throws JsonProcessingException {
        assertThat(read("{'decision':false,'context':{'reason_code':'x\\ny'}}"))
                .isEqualTo(new ToolAnswer.NotPermitted("denied"));
        assertThat(read("{'decision':false}")).isEqualTo(new ToolAnswer.NotPermitted("denied"));
    }

    private ToolAnswer read(String singleQuoted) throws JsonProcessingException {
        return decisions.read(json.readTree(singleQuoted.replace('\'', '"')));
    }
}
