package io.mcpaccess.core.decision;

import static io.mcpaccess.core.decision.World.BILLING;
import static io.mcpaccess.core.decision.World.BILLING_SERVER;
import static io.mcpaccess.core.decision.World.CRM;
import static io.mcpaccess.core.decision.World.CRM_SERVER;
import static io.mcpaccess.core.decision.World.GATEWAY;
import static io.mcpaccess.core.decision.World.call;
import static io.mcpaccess.core.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.BatchItem;
import io.mcpaccess.core.authzen.BatchSemantic;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.mcp.McpTool;
import io.mcpaccess.core.mcp.ToolObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DecisionPipelineTest {

    private final World world = new World();

    @Test
    void permitsWhenTokenScopesAndPermissionAllHold() {
        Outcome outcome = world.decide(BILLING_SERVER, call("alice", "pay", with("t")));

        assertThat(outcome.toDecision().isAllowed()).isTrue();
        assertThat(outcome.toDecision().context())
                .containsEntry("reason_code", "permitted")
                .containsEntry("layers", List.of("token", "scope", "permission"));
    }

    @Test
    void aQuestionWithoutATokenIsAnsweredForThePermissionAloneAndSaysSo() {
        Outcome outcome = world.decide(BILLING_SERVER, call("alice", "pay", Map.of()));

        assertThat(outcome).isEqualTo(new Outcome.Permitted(List.of(Outcome.Layer.PERMISSION)));
        assertThat(world.introspected).isEmpty();
    }

    @Nested
    class TokenLayers {

        @Test
        void anUnknownTokenIsRefusedBeforeTheEngineIsAsked() {
            assertRefusedUnasked(BILLING_SERVER, call("alice", "pay", with("stolen")), ReasonCode.TOKEN_INACTIVE);
        }

        @Test
        void anAccessTokenThatIsNoStringIsAnInactiveTokenNotAMissingOne() {
            assertRefusedUnasked(
                    BILLING_SERVER, call("alice", "pay", Map.of("access_token", 7)), ReasonCode.TOKEN_INACTIVE);
        }

        @Test
        void aTokenForAnotherServerIsRefused() {
            world.token("crm-token", "alice", CRM, "invoices:write");

            assertRefusedUnasked(BILLING_SERVER, call("alice", "pay", with("crm-token")), ReasonCode.AUDIENCE_MISMATCH);
            assertRefusedUnasked(
                    BILLING_SERVER, call("alice", "no-such-tool", with("crm-token")), ReasonCode.AUDIENCE_MISMATCH);
        }

        @Test
        void aTokenWithoutAnAudienceIsRefused() {
            world.tokens.put("bare", World.active("alice", List.of(), Set.of("invoices:write"), List.of()));

            assertRefusedUnasked(BILLING_SERVER, call("alice", "pay", with("bare")), ReasonCode.AUDIENCE_MISMATCH);
            assertRefusedUnasked(GATEWAY, call("alice", "pay", with("bare")), ReasonCode.AUDIENCE_MISMATCH);
        }

        @Test
        void aTokenOfSomebodyElseIsRefused() {
            assertRefusedUnasked(BILLING_SERVER, call("bob", "pay", with("t")), ReasonCode.SUBJECT_MISMATCH);
        }

        @Test
        void whereTheProviderIsPartOfTheNameTheTokenSaysWhichItIs() {
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

            for (String name : List.of("alice", "ldap/alice")) {
                assertThat(world.decide(BILLING_SERVER, call(name, "pay", with("t")))
                                .reason())
                        .as("the username alone holds no permission")
                        .isEqualTo(ReasonCode.PERMISSION_DENIED);
            }
            assertThat(world.decide(BILLING_SERVER, call("saml/alice", "pay", with("t")))
                            .reason())
                    .isEqualTo(ReasonCode.SUBJECT_MISMATCH);

            world.permit("user:ldap/alice can_call tool:pay");
            for (String name : List.of("alice", "ldap/alice")) {
                assertThat(world.decide(BILLING_SERVER, call(name, "pay", with("t")))
                                .isAllowed())
                        .isTrue();
            }
        }

        @Test
        void theSubjectOfAClientsOwnTokenIsTheClient() {
            world.tokens.put(
                    "cc",
                    new TokenState.Active(
                            new TokenHolder.Application(),
                            "batch",
                            Optional.of("batch"),
                            List.of(BILLING),
                            Set.of("invoices:write"),
                            World.ISSUED,
                            List.of()));
            world.permit("application:batch can_call tool:pay");

            assertThat(world.decide(
                                    BILLING_SERVER,
                                    call("batch", "pay", with("cc")).withSubject(Subject.of("application", "batch")))
                            .isAllowed())
                    .isTrue();
            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("cc")))
                            .reason())
                    .isEqualTo(ReasonCode.SUBJECT_MISMATCH);
        }

        @Test
        void aMissingScopeIsNamedAndTheEngineIsNotAsked() {
            world.token("narrow", "alice", BILLING, "invoices:read");

            Outcome outcome = assertRefusedUnasked(
                    BILLING_SERVER, call("alice", "pay", with("narrow")), ReasonCode.SCOPE_MISSING);
            assertThat(outcome.toDecision().context())
                    .containsEntry("required_scopes", List.of("invoices:write"))
                    .containsEntry("missing_scopes", List.of("invoices:write"))
                    .containsEntry("layers", List.of("token", "scope"));
        }

        @Test
        void aToolThatIsYoungerThanTheTokenNeedsANewConsent() {
            world.servers.set(
                    0,
                    World.server(
                            "billing",
                            BILLING,
                            new McpTool("pay", "", Set.of("invoices:write"), World.ISSUED.plusSeconds(5))));

            assertRefusedUnasked(BILLING_SERVER, call("alice", "pay", with("t")), ReasonCode.RECONSENT_REQUIRED);
        }

        @Test
        void theDomainCanWantATokenWithEveryQuestionAboutATool() {
            world.settings(
                    AccessSettings.ScopeCheck.REQUIRED, AccessSettings.UnknownTools.ENGINE, ToolObject.UNQUALIFIED);

            assertRefusedUnasked(BILLING_SERVER, call("alice", "pay", Map.of()), ReasonCode.TOKEN_REQUIRED);
            assertRefusedUnasked(
                    BILLING_SERVER, call("alice", "pay", Map.of("scope", "invoices:write")), ReasonCode.TOKEN_REQUIRED);
        }

        @Test
        void anMcpServerMayVouchForScopesAnApplicationMayNot() {
            EvaluationRequest lacking = call("alice", "pay", Map.of("scope", "invoices:read other"));

            assertThat(world.decide(BILLING_SERVER, lacking).reason()).isEqualTo(ReasonCode.SCOPE_MISSING);
            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", Map.of("scope", "invoices:write")))
                            .toDecision()
                            .context())
                    .containsEntry("layers", List.of("scope", "permission"));
            assertThat(world.decide(GATEWAY, lacking).toDecision().context())
                    .containsEntry("layers", List.of("permission"));
        }

        @Test
        void aTokenThatCannotBeCheckedPermitsNothing() {
            DecisionPipeline broken = new DecisionPipeline(
                    () -> world.servers,
                    (token, pep) -> CompletableFuture.failedFuture(new IllegalStateException("database")),
                    world,
                    world.log::add,
                    () -> "id",
                    System::nanoTime);

            Outcome outcome = broken.decide(BILLING_SERVER, call("alice", "pay", with("t")))
                    .toCompletableFuture()
                    .join();
            assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
            assertThat(world.asked).isEmpty();
        }

        @Test
        void anExecutorThatIsBeingShutDownLeavesNoQuestionWithoutAnAnswer() {
            for (int taken = 0; taken < 3; taken++) {
                AtomicInteger left = new AtomicInteger(taken);
                DecisionPipeline closing = new DecisionPipeline(
                        () -> world.servers,
                        (token, pep) -> CompletableFuture.completedFuture(world.tokens.get(token)),
                        world,
                        world.log::add,
                        () -> "id",
                        System::nanoTime,
                        work -> {
                            if (left.getAndDecrement() <= 0) {
                                throw new RejectedExecutionException();
                            }
                            work.run();
                        });

                assertThat(closing.decide(BILLING_SERVER, call("alice", "pay", with("t"))))
                        .as("after " + taken)
                        .succeedsWithin(Duration.ofSeconds(60))
                        .isInstanceOf(Outcome.Unavailable.class);
            }
            assertThat(world.log).hasSize(3);
        }

        @Test
        void theTokenNeverReachesTheEngineOrTheLog() {
            world.decide(BILLING_SERVER, call("alice", "pay", with("t")));

            assertThat(world.asked)
                    .allSatisfy(question -> assertThat(question.context()).isEmpty());
            assertThat(world.log.toString()).doesNotContain("access_token");
            assertThat(world.log.get(0).request().context()).isEmpty();
        }
    }

    @Nested
    class WhichServer {

        @Test
        void anApplicationIsAnsweredAboutTheServerInTheTokensAudience() {
            assertThat(world.decide(GATEWAY, call("alice", "pay", with("t"))).isAllowed())
                    .isTrue();
        }

        @Test
        void aTokenForTwoServersIsADoubt() {
            world.tokens.put("two", World.active("alice", List.of(BILLING, CRM), Set.of("invoices:write"), List.of()));

            assertRefusedUnasked(GATEWAY, call("alice", "pay", with("two")), ReasonCode.AUDIENCE_MISMATCH);
        }

        @Test
        void anMcpServerMayNotAskAboutAnotherServersTool() {
            assertRefusedUnasked(CRM_SERVER, call("alice", "pay", Map.of()), ReasonCode.CALLER_NOT_ALLOWED);
        }

        @Test
        void aToolThatNobodyHasIsUnknownToATokenAndTheEnginesAffairWithoutOne() {
            world.permit("user:alice can_call tool:unregistered");

            assertRefusedUnasked(BILLING_SERVER, call("alice", "unregistered", with("t")), ReasonCode.TOOL_UNKNOWN);
            assertThat(world.decide(BILLING_SERVER, call("alice", "unregistered", Map.of()))
                            .isAllowed())
                    .isTrue();
        }

        @Test
        void unknownToolsCanBeDenied() {
            world.settings(
                    AccessSettings.ScopeCheck.WHEN_PRESENTED, AccessSettings.UnknownTools.DENY, ToolObject.UNQUALIFIED);
            world.permit("user:alice can_call tool:unregistered");

            assertRefusedUnasked(GATEWAY, call("alice", "unregistered", Map.of()), ReasonCode.TOOL_UNKNOWN);
        }

        @Test
        void toolsThatAreNotLoadedAreNeverUnknownTools() {
            world.servers.set(0, World.notLoaded("billing", BILLING));
            world.permit("user:alice can_call tool:unregistered");

            for (Pep pep : List.of(BILLING_SERVER, CRM_SERVER, GATEWAY)) {
                assertThat(world.decide(pep, call("alice", "unregistered", Map.of())))
                        .isInstanceOf(Outcome.Unavailable.class);
            }
            assertThat(world.decide(GATEWAY, call("alice", "pay", with("t")))).isInstanceOf(Outcome.Unavailable.class);
            assertThat(world.asked).isEmpty();
        }

        @Test
        void aPermissionForOneServersToolDoesNotOpenAnothersOfTheSameName() {
            world.servers.set(1, World.server("crm", CRM, World.tool("pay")));

            assertRefusedUnasked(BILLING_SERVER, call("alice", "pay", with("t")), ReasonCode.TOOL_AMBIGUOUS);
            assertRefusedUnasked(GATEWAY, call("alice", "pay", Map.of()), ReasonCode.TOOL_AMBIGUOUS);
        }

        @Test
        void qualifiedNamesTellTheServersApart() {
            world.servers.set(1, World.server("crm", CRM, World.tool("pay")));
            world.settings(
                    AccessSettings.ScopeCheck.WHEN_PRESENTED, AccessSettings.UnknownTools.ENGINE, ToolObject.QUALIFIED);
            world.permit("user:alice can_call tool:billing/pay");

            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("t")))
                            .isAllowed())
                    .isTrue();
            assertThat(world.decide(CRM_SERVER, call("alice", "pay", Map.of())).reason())
                    .isEqualTo(ReasonCode.PERMISSION_DENIED);
            assertThat(world.decide(GATEWAY, call("alice", "billing/pay", Map.of()))
                            .isAllowed())
                    .isTrue();
            assertThat(world.decide(GATEWAY, call("alice", "pay", Map.of())).reason())
                    .isEqualTo(ReasonCode.TOOL_AMBIGUOUS);
        }

        @Test
        void otherKindsOfResourcesAreTheEnginesAffair() {
            world.permit("user:alice read record:1");
            EvaluationRequest question = new EvaluationRequest(
                    Subject.of("user", "alice"), Action.of("read"), Resource.of("record", "1"), with("whatever"));

            assertThat(world.decide(GATEWAY, question).isAllowed()).isTrue();
            assertThat(world.introspected).isEmpty();
        }
    }

    @Nested
    class Parties {

        @Test
        void theApplicationNeedsARelationOfItsOwnToTheToolOrItsServer() {
            world.parties(true, false);

            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("t")))
                            .reason())
                    .isEqualTo(ReasonCode.CLIENT_NOT_ALLOWED);

            world.permit("application:agent-app can_use mcp_server:billing");
            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("t")))
                            .isAllowed())
                    .isTrue();
        }

        @Test
        void userAndAgentMustBothHoldThePermission() {
            world.parties(false, true);
            world.tokens.put(
                    "obo",
                    World.active("alice", List.of(BILLING), Set.of("invoices:write"), List.of("bot", "planner")));
            world.permit("agent:bot can_call tool:pay");

            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("obo")))
                            .reason())
                    .isEqualTo(ReasonCode.ACTOR_DENIED);

            world.permit("agent:planner can_call tool:pay");
            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("obo")))
                            .isAllowed())
                    .isTrue();

            world.permissions.remove("user:alice can_call tool:pay");
            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("obo")))
                            .reason())
                    .isEqualTo(ReasonCode.PERMISSION_DENIED);
        }

        @Test
        void aChainOfActorsThatIsTooLongIsRefused() {
            world.parties(false, true);
            List<String> chain = IntStream.rangeClosed(0, PermissionPlan.MAX_ACTORS)
                    .mapToObj(each -> "a" + each)
                    .toList();
            chain.forEach(actor -> world.permit("agent:" + actor + " can_call tool:pay"));
            world.tokens.put("long", World.active("alice", List.of(BILLING), Set.of("invoices:write"), chain));

            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("long")))
                            .reason())
                    .isEqualTo(ReasonCode.ACTOR_DENIED);
        }
    }

    @Nested
    class Doubt {

        @Test
        void anEngineThatDoesNotAnswerPermitsNothing() {
            world.otherwise = new PermissionAnswer.NoAnswer(ReasonCode.ENGINE_NOT_CONFIGURED);
            world.permissions.clear();

            Outcome outcome = world.decide(BILLING_SERVER, call("alice", "pay", with("t")));
            assertThat(outcome.reason()).isEqualTo(ReasonCode.ENGINE_NOT_CONFIGURED);
            assertThat(outcome.toDecision().context()).containsKey("error");
        }

        @Test
        void anEngineThatAnswersTooFewQuestionsPermitsNothing() {
            DecisionPipeline mixedUp = over(new PermissionEngine() {
                @Override
                public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
                    return CompletableFuture.completedFuture(
                            List.of(new PermissionAnswer.Held(), new PermissionAnswer.Held()));
                }

                @Override
                public CompletionStage<AccessSettings> settings() {
                    return CompletableFuture.completedFuture(AccessSettings.DEFAULTS);
                }
            });

            assertThat(mixedUp.decide(GATEWAY, call("alice", "pay", Map.of()))
                            .toCompletableFuture()
                            .join()
                            .reason())
                    .isEqualTo(ReasonCode.ENGINE_UNAVAILABLE);
        }

        @Test
        void settingsThatCannotBeReadPermitNothing() {
            DecisionPipeline unset = over(new PermissionEngine() {
                @Override
                public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
                    return world.evaluate(questions);
                }

                @Override
                public CompletionStage<AccessSettings> settings() {
                    throw new IllegalStateException("settings");
                }
            });

            assertThat(unset.decide(GATEWAY, call("alice", "pay", Map.of()))
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(Outcome.Unavailable.class);
            assertThat(world.asked).isEmpty();
        }

        @Test
        void whyThereAreNoSettingsIsTheAnswerToEveryQuestion() {
            Outcome.Unavailable none = new Outcome.Unavailable(ReasonCode.ENGINE_NOT_CONFIGURED, "No engine here.");
            DecisionPipeline unset = over(new PermissionEngine() {
                @Override
                public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
                    return world.evaluate(questions);
                }

                @Override
                public CompletionStage<AccessSettings> settings() {
                    return CompletableFuture.failedFuture(new DecisionUnavailableException(none));
                }
            });
            EvaluationRequest stolen = call("alice", "pay", with("stolen"));

            assertThat(unset.preview(BILLING_SERVER, List.of(call("alice", "pay", with("t")), stolen))
                            .toCompletableFuture()
                            .join())
                    .containsExactly(none, none);
            assertThat(unset.decide(BILLING_SERVER, stolen)
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(none);
            assertThat(world.asked).isEmpty();
        }

        @Test
        void serversThatAreNotLoadedYetPermitNothingAndTheAnswerSaysSo() {
            DecisionPipeline early = new DecisionPipeline(
                    () -> {
                        throw new IllegalStateException("not yet");
                    },
                    (token, pep) -> CompletableFuture.completedFuture(new TokenState.Inactive()),
                    world,
                    world.log::add,
                    () -> "id",
                    System::nanoTime);

            assertThat(early.decide(GATEWAY, call("alice", "pay", Map.of()))
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(new Outcome.Unavailable(
                            ReasonCode.ENGINE_UNAVAILABLE, "The MCP servers of this domain are not loaded yet."));
            assertThat(world.asked).isEmpty();
            assertThat(world.log).hasSize(1);
        }

        @Test
        void aLogThatFailsNeitherOpensNorTakesTheAnswerAway() {
            DecisionPipeline pipeline = new DecisionPipeline(
                    () -> world.servers,
                    (token, pep) -> CompletableFuture.completedFuture(new TokenState.Inactive()),
                    world,
                    decision -> {
                        throw new IllegalStateException("reporter down");
                    },
                    () -> "id",
                    System::nanoTime);

            assertThat(pipeline.decide(GATEWAY, call("alice", "pay", Map.of()))
                            .toCompletableFuture()
                            .join()
                            .isAllowed())
                    .isTrue();
            assertThat(pipeline.decide(GATEWAY, call("bob", "pay", Map.of()))
                            .toCompletableFuture()
                            .join()
                            .isAllowed())
                    .isFalse();
        }

        @Test
        void whatTheEngineRememberedIsSaid() {
            world.permissions.clear();
            world.otherwise = PermissionAnswer.of(new Decision(true, Map.of("remembered", true)));
            assertThat(world.decide(GATEWAY, call("alice", "pay", Map.of()))
                            .toDecision()
                            .context())
                    .containsEntry("remembered", true)
                    .containsEntry("reason_code", "permitted");

            world.otherwise = PermissionAnswer.of(
                    new Decision(false, Map.of("remembered", true, "reason_code", "permission_denied")));
            assertThat(world.decide(GATEWAY, call("alice", "pay", Map.of()))
                            .toDecision()
                            .context())
                    .containsEntry("remembered", true)
                    .containsEntry("reason_code", "permission_denied");
        }

        @Test
        void identifiersThatTheEngineCouldMisreadAreRefusedUnasked() {
            assertRefusedUnasked(GATEWAY, call("eng#member", "pay", Map.of()), ReasonCode.INVALID_IDENTIFIER);
            assertRefusedUnasked(GATEWAY, call("*", "pay", Map.of()), ReasonCode.INVALID_IDENTIFIER);
        }

        @Test
        void anActionThatAnAliasStandsForIsTheEnginesToCheck() {
            EvaluationRequest aliased = EvaluationRequest.of(
                    Subject.of("user", "alice"), Action.of("urn:mcp:call"), Resource.of("tool", "pay"));
            world.permit("user:alice urn:mcp:call tool:pay");

            assertThat(world.decide(GATEWAY, aliased).isAllowed()).isTrue();
        }

        @Test
        void callersCanBeNarrowed() {
            world.settings = new AccessSettings(
                    AccessSettings.ScopeCheck.WHEN_PRESENTED,
                    AccessSettings.UnknownTools.ENGINE,
                    AccessSettings.SharedToolNames.DENY,
                    AccessSettings.SubjectName.USERNAME,
                    ToolObject.UNQUALIFIED,
                    false,
                    "can_use",
                    false,
                    Set.of("billing"),
                    AccessSettings.PermissionMode.ENFORCE,
                    Set.of(),
                    AgentSubject.BLUEPRINT,
                    BoundTokens.PEP_PROVED);

            assertRefusedUnasked(GATEWAY, call("alice", "pay", Map.of()), ReasonCode.CALLER_NOT_ALLOWED);
            assertThat(world.decide(BILLING_SERVER, call("alice", "pay", Map.of()))
                            .isAllowed())
                    .isTrue();
        }

        private DecisionPipeline over(PermissionEngine engine) {
            return new DecisionPipeline(
                    () -> world.servers,
                    (token, pep) -> CompletableFuture.completedFuture(new TokenState.Inactive()),
                    engine,
                    world.log::add,
                    () -> "id",
                    System::nanoTime);
        }
    }

    @Nested
    class Batches {

        @Test
        void aTokenIsIntrospectedOnceAndAQuestionAskedOnce() {
            BatchItem item = new BatchItem.Question(call("alice", "pay", with("t")));

            List<Decision> decisions = decideAll(List.of(item, item, item), BatchSemantic.EXECUTE_ALL);

            assertThat(decisions).hasSize(3).allMatch(Decision::isAllowed);
            assertThat(world.introspected).hasSize(1);
            assertThat(world.asked).hasSize(1);
            assertThat(world.log).hasSize(3);
        }

        @Test
        void anIncompleteItemIsFalseAndTheOthersAreAnswered() {
            List<Decision> decisions = decideAll(
                    List.of(
                            new BatchItem.Incomplete("resource is missing."),
                            new BatchItem.Question(call("alice", "pay", Map.of()))),
                    BatchSemantic.EXECUTE_ALL);

            assertThat(decisions).extracting(Decision::isAllowed).containsExactly(false, true);
            assertThat(decisions.get(0).context().toString()).contains("resource is missing.");
        }

        @Test
        void onlyTheProcessedPrefixIsAnsweredAndTakenDown() {
            List<Decision> decisions = decideAll(
                    List.of(
                            new BatchItem.Question(call("bob", "pay", Map.of())),
                            new BatchItem.Question(call("alice", "pay", Map.of()))),
                    BatchSemantic.DENY_ON_FIRST_DENY);

            assertThat(decisions).extracting(Decision::isAllowed).containsExactly(false);
            assertThat(world.log).hasSize(1);
        }

        @Test
        void moreThanTenTokensAreRefusedWhole() {
            List<BatchItem> items = IntStream.rangeClosed(0, DecisionPipeline.MAX_TOKENS)
                    .<BatchItem>mapToObj(each -> new BatchItem.Question(call("alice", "pay", with("t" + each))))
                    .toList();

            assertThatThrownBy(() -> decideAll(items, BatchSemantic.EXECUTE_ALL))
                    .isInstanceOf(MalformedRequestException.class)
                    .hasMessageContaining("11 different access tokens");
            assertThat(world.introspected).isEmpty();
        }

        private List<Decision> decideAll(List<BatchItem> items, BatchSemantic semantic) {
            return world.pipeline()
                    .decideAll(BILLING_SERVER, items, semantic)
                    .toCompletableFuture()
                    .join();
        }
    }

    private Outcome assertRefusedUnasked(Pep pep, EvaluationRequest request, ReasonCode reason) {
        Outcome outcome = world.decide(pep, request);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(world.asked).isEmpty();
        assertThat(world.log.get(world.log.size() - 1).outcome()).isEqualTo(outcome);
        return outcome;
    }
}
