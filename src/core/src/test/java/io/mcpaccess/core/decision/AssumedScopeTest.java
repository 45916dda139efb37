package io.mcpaccess.core.decision;

import static io.mcpaccess.core.decision.World.BILLING;
import static io.mcpaccess.core.decision.World.BILLING_SERVER;
import static io.mcpaccess.core.decision.World.CRM;
import static io.mcpaccess.core.decision.World.GATEWAY;
import static io.mcpaccess.core.decision.World.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.mcp.ToolObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A list shows tools that lack nothing but scopes: the MCP server imagines the scopes, and nothing else is imagined. */
class AssumedScopeTest {

    private static final Map<String, Object> IMAGINED =
            Map.of("access_token", "poor", "assumed_scope", "invoices:write invoices:read");

    private final World world = new World();

    AssumedScopeTest() {
        world.token("poor", "alice", BILLING);
        world.token("foreign", "alice", CRM);
    }

    @Test
    void saysWhatThePermissionWouldBeAndDoesNotCountTheScopesAsAsked() {
        assertThat(world.decide(BILLING_SERVER, call("alice", "pay", IMAGINED)))
                .isEqualTo(new Outcome.Permitted(List.of(Outcome.Layer.TOKEN, Outcome.Layer.PERMISSION)));
        assertThat(world.decide(BILLING_SERVER, call("alice", "list", IMAGINED)).reason())
                .isEqualTo(ReasonCode.PERMISSION_DENIED);
        assertThat(world.asked).allSatisfy(asked -> assertThat(asked.context()).isEmpty());
    }

    @Test
    void attackImaginedScopesOpenNothingToAnApplication() {
        assertThat(world.decide(GATEWAY, call("alice", "pay", IMAGINED)).reason())
                .isEqualTo(ReasonCode.SCOPE_MISSING);
    }

    @Test
    void attackImaginedScopesStandInForNoTokenOfAnother() {
        Map<String, Object> foreign = Map.of("access_token", "foreign", "assumed_scope", "invoices:write");
        assertThat(world.decide(BILLING_SERVER, call("alice", "pay", foreign)).reason())
                .isEqualTo(ReasonCode.AUDIENCE_MISMATCH);
        assertThat(world.decide(BILLING_SERVER, call("bob", "pay", IMAGINED)).reason())
                .isEqualTo(ReasonCode.SUBJECT_MISMATCH);
        assertThat(world.decide(
                                BILLING_SERVER,
                                call("alice", "pay", Map.of("access_token", "poor", "assumed_scope", "other")))
                        .reason())
                .isEqualTo(ReasonCode.SCOPE_MISSING);
    }

    @Test
    void namesTheUserWithTheProviderWherePermissionsDo() {
        world.settings = new AccessSettings(
                AccessSettings.ScopeCheck.WHEN_PRESENTED,
                AccessSettings.UnknownTools.ENGINE,
                AccessSettings.SharedToolNames.DENY,
                AccessSettings.SubjectName.SOURCE_USERNAME,
                ToolObject.UNQUALIFIED,
                false,
                "can_use",
                false,
                Set.of(),
                AccessSettings.PermissionMode.ENFORCE,
                Set.of(),
                AgentSubject.BLUEPRINT,
                BoundTokens.PEP_PROVED);
        world.permit("user:ldap/alice can_call tool:pay");

        assertThat(world.decide(BILLING_SERVER, call("alice", "pay", IMAGINED)).isAllowed())
                .isTrue();
    }
}
