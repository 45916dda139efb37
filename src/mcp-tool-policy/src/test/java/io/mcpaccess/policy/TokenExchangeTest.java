package io.mcpaccess.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.User;
import io.mcpaccess.policy.am.Refusal;
import io.reactivex.rxjava3.core.Maybe;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token for a token (RFC 8693), as AM asks its policies since 4.11. */
class TokenExchangeTest {

    private static final String SUB = "5d9f-sub-of-alice";

    private final Flow flow = new Flow();
    private final SubjectManager subjects = mock(SubjectManager.class);

    @BeforeEach
    void anExchangeOfAlicesToken() {
        User made = new User();
        made.setId(SUB);
        made.setUsername(SUB);
        made.setSource("ldap");
        made.setExternalId("4711");
        flow.attributes.put("user", made);
        flow.components.put(SubjectManager.class, subjects);
        when(subjects.generateInternalSubFrom(any())).thenReturn("ldap:4711");
        when(subjects.findUserBySub(any())).thenAnswer(call -> {
            JWT jwt = call.getArgument(0);
            return "ldap:4711".equals(jwt.getInternalSub()) ? Maybe.just(Flow.user("alice")) : Maybe.empty();
        });
        flow.request.setGrantType("urn:ietf:params:oauth:grant-type:token-exchange");
        issued(Instant.now().minusSeconds(60));
    }

    @Test
    void theUserIsTheOneOfTheCallAndNotTheNameThatAmMadeUp() throws Exception {
        flow.engine(Engines.ours("user:alice tools/call tool:list_invoices"::equals))
                .run(TokenStepTest.policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.attributes).containsEntry("mcp_tools", List.of("list_invoices"));
    }

    @Test
    void aScopeWithoutACallableToolIsLeftOut() throws Exception {
        flow.engine(Engines.ours(question -> false)).run(TokenStepTest.policy("narrow"));

        assertThat(flow.request.getScopes()).containsExactly("openid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"observe", "reject", "narrow"})
    void aToolThatIsYoungerThanTheSubjectTokenTakesItsScopeOut(String mode) throws Exception {
        McpTool young = Flow.tool("delete_invoices", "invoices:read");
        young.setCreatedAt(Date.from(Instant.now().minusSeconds(10)));
        flow.resources.set(
                0, Flow.server("billing-mcp", Flow.BILLING, Flow.tool("list_invoices", "invoices:read"), young));

        flow.engine(Engines.ours(question -> true)).run(TokenStepTest.policy(mode));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.request.getScopes()).containsExactly("openid");
        assertThat(flow.audits.get(0).toString()).contains("reconsent_scopes=[invoices:read]");
    }

    @ParameterizedTest
    @CsvSource({"observe, ''", "reject, mcp_tool_access_unavailable", "narrow, mcp_tool_access_unavailable"})
    void aSubjectTokenWhoseAgeCannotBeToldIsADoubt(String mode, String end) throws Exception {
        flow.request.setParameter("subject_token", "secret-opaque-token");

        flow.engine(Engines.ours(question -> true)).run(TokenStepTest.policy(mode));

        assertThat(flow.chain.ends()).containsExactly(end);
        assertThat(flow.audits.get(0).toString())
                .contains("subject_token_unreadable")
                .doesNotContain("secret-opaque-token");
    }

    @Test
    void aUserWhoIsGoneIsADoubt() throws Exception {
        doReturn(Maybe.empty()).when(subjects).findUserBySub(any());

        flow.engine(Engines.ours(question -> true)).run(TokenStepTest.policy("reject"));

        assertThat(flow.chain.ends()).containsExactly(Refusal.DOUBT.key());
        assertThat(flow.audits.get(0).toString()).contains("subject_unknown");
    }

    @Test
    void anApplicationsOwnTokenIsItsOwnAlone() throws Exception {
        flow.attributes.put("user", made("agent"));
        flow.engine(Engines.ours("application:agent tools/call tool:list_invoices"::equals))
                .run(TokenStepTest.policy("reject"));
        assertThat(flow.chain.ends()).containsExactly("");

        Flow foreign = new Flow();
        foreign.components.put(SubjectManager.class, subjects);
        foreign.request.setGrantType("urn:ietf:params:oauth:grant-type:token-exchange");
        foreign.attributes.put("user", made("another"));
        foreign.engine(Engines.ours(question -> true)).run(TokenStepTest.policy("reject"));
        assertThat(foreign.chain.ends()).containsExactly(Refusal.DOUBT.key());
    }

    @Test
    void anEarlierLineOfAmPutsTheInternalSubjectAmongTheClaims() throws Exception {
        User made = made(SUB);
        made.setAdditionalInformation(Map.of("gis", "ldap:4711"));
        flow.attributes.put("user", made);

        flow.engine(Engines.ours("user:alice tools/call tool:list_invoices"::equals))
                .run(TokenStepTest.policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("");
    }

    private static User made(String sub) {
        User made = new User();
        made.setId(sub);
        made.setUsername(sub);
        return made;
    }

    private void issued(Instant at) {
        String claims = "{\"iat\":" + at.getEpochSecond() + "}";
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        flow.request.setParameter("subject_token", "e30." + encoded + ".c2ln");
    }
}
