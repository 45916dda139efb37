package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionAnswerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private final ObjectMapper json = new ObjectMapper();
    private final IntrospectionAnswer answers = new IntrospectionAnswer(ResourceIdentifier.of("https://b.example/mcp"));

    @Test
    void acceptsATokenOfThisServer() throws JsonProcessingException {
        TokenCheck check = read(
                "{'active':true,'aud':'https://b.example/mcp','exp':1100,'username':'alice','sub':'x1','client_id':'agent','scope':'a b'}");
        assertThat(check).isInstanceOfSatisfying(TokenCheck.Accepted.class, accepted -> {
            assertThat(accepted.token().username()).contains("alice");
            assertThat(accepted.token().subject()).contains("x1");
            assertThat(accepted.token().clientId()).contains("agent");
            assertThat(accepted.token().scopes()).containsExactlyInAnyOrder("a", "b");
            assertThat(accepted.token().expiresAt()).contains(Instant.ofEpochSecond(1100));
        });
    }

    @Test
    void acceptsThisServerAmongSeveralAudiences() throws JsonProcessingException {
        assertThat(read("{'active':true,'aud':['https://c.example/mcp','https://b.example/mcp'],'exp':1100}"))
                .isInstanceOf(TokenCheck.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'active':true,'exp':1100}",
                "{'active':true,'exp':1100,'aud':null}",
                "{'active':true,'exp':1100,'aud':[]}",
                "{'active':true,'exp':1100,'aud':{'a':'https://b.example/mcp'}}",
                "{'active':true,'exp':1100,'aud':'https://b.example/mcp/'}",
                "{'active':true,'exp':1100,'aud':'https://b.example'}",
                "{'active':true,'exp':1100,'aud':'https://B.example/mcp'}",
                "{'active':true,'exp':1100,'aud':'https://c.example/mcp'}"
            })
    void refusesATokenThatDoesNotNameThisServer(String answer) throws JsonProcessingException {
        assertThat(read(answer)).isInstanceOf(TokenCheck.ForAnotherServer.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'active':false}",
                "{'active':false,'aud':'https://b.example/mcp','exp':1100}",
                "{'active':true,'aud':'https://b.example/mcp','exp':1000}"
            })
    void refusesAnInactiveOrExpiredToken(String answer) throws JsonProcessingException {
        assertThat(read(answer)).isEqualTo(new TokenCheck.Inactive("token_inactive"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'active':'true','aud':'https://b.example/mcp','exp':1100}",
                "{'active':1,'aud':'https://b.example/mcp','exp':1100}",
                "{'active':true,'aud':'https://b.example/mcp','exp':'1100'}"
            })
    void knowsNothingFromAnAnswerOfTheWrongShape(String answer) throws JsonProcessingException {
        assertThat(read(answer)).isInstanceOf(TokenCheck.Unknown.class);
    }

    private TokenCheck read(String singleQuoted) throws JsonProcessingException {
        return answers.read(json.readTree(singleQuoted.replace('\'', '"')), NOW);
    }
}
