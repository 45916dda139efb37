package io.mcpaccess.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.core.authzen.PageRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.SearchRequest;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.DecisionPipeline;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import io.mcpaccess.core.decision.Pep;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.PermissionEngine;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.decision.TokenState;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpTool;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineTerms;
import io.mcpaccess.core.spi.SearchPage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SearchServiceTest {

    private static final Pep GATEWAY = new Pep("gateway", Pep.Kind.APPLICATION);

    private final Engine engine = new Engine();
    private final List<McpServer> servers = new ArrayList<>();
    private final SearchService service = new SearchService(
            "domain",
            new DecisionPipeline(
                    () -> List.copyOf(servers),
                    (token, pep) -> CompletableFuture.completedFuture(new TokenState.Inactive()),
                    engine,
                    decision -> {
                        throw new AssertionError("a search is no decision to take down");
                    },
                    () -> "id",
                    System::nanoTime),
            new PagingTokens(new byte[32], Clock.systemUTC()));

    @Test
    void onlyResultsThatHoldWhenAskedAreGiven() {
        engine.found = List.of("r1", "r2", "r3");
        engine.denied = Set.of("r2");

        assertThat(ids(search(resources(PageRequest.WHOLE)))).containsExactly("r1", "r3");
    }

    @Test
    void pagesFollowOneAnotherAndThenEnd() {
        engine.found = List.of("c", "a", "b");

        SearchAnswer first = search(resources(page(null, 2)));
        assertThat(ids(first)).containsExactly("a", "b");
        assertThat(first.nextToken()).isNotEmpty();

        SearchAnswer second = search(resources(page(first.nextToken(), 0)));
        assertThat(ids(second)).containsExactly("c");
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void aTokenIsGoodForItsOwnSearchAndCallerAlone() {
        engine.found = List.of("a", "b");
        String token = search(resources(page(null, 1))).nextToken();
        SearchRequest other = new SearchRequest.Resources(
                Subject.of("user", "bob"), Action.of("read"), "record", Map.of(), Map.of(), page(token, 1));

        assertThatThrownBy(() -> search(other)).isInstanceOf(MalformedRequestException.class);
        assertThatThrownBy(
                        () -> service.search(new Pep("other", Pep.Kind.APPLICATION), engine, resources(page(token, 1))))
                .isInstanceOf(MalformedRequestException.class);
    }

    @Test
    void aTruncatedAnswerIsSaid() {
        engine.found = List.of("a");
        engine.truncated = true;

        assertThat(search(resources(PageRequest.WHOLE)).context()).containsEntry("truncated", true);
    }

    @Test
    void anEngineThatDoesNotAnswerIsNoEmptyResult() {
        engine.found = List.of("a");
        engine.down = true;

        assertThatThrownBy(() -> search(resources(PageRequest.WHOLE)))
                .hasCauseInstanceOf(DecisionUnavailableException.class);
    }

    @Test
    void aToolOfAServerThatIsNotLoadedIsNoEmptyResult() {
        servers.add(new McpServer("crm", "crm", Set.of("https://crm.example"), new McpServer.Tools.NotLoaded()));
        SearchRequest who = new SearchRequest.Subjects(
                "user", Map.of(), Action.of("can_call"), Resource.of("tool", "pay"), Map.of(), PageRequest.WHOLE);

        assertThatThrownBy(() -> search(who)).hasCauseInstanceOf(DecisionUnavailableException.class);
    }

    @Test
    void aSearchForToolsAnswersWhatEvaluationsWould() {
        servers.add(server("billing", "pay"));
        servers.add(server("crm", "pay", "find"));
        engine.found = List.of("pay", "find");
        SearchRequest tools = new SearchRequest.Resources(
                Subject.of("user", "alice"), Action.of("can_call"), "tool", Map.of(), Map.of(), PageRequest.WHOLE);

        assertThat(ids(search(tools))).containsExactly("find");
    }

    @Test
    void whatShadowModeLetsThroughIsNoResult() {
        Pep billing = new Pep("billing", Pep.Kind.MCP_SERVER);
        servers.add(server("billing", "pay", "find"));
        engine.settings =
                AccessSettings.DEFAULTS.withPermissions(AccessSettings.PermissionMode.SHADOW, Set.of("billing"));
        engine.found = List.of("pay", "find");
        engine.denied = Set.of("find");
        SearchRequest tools = new SearchRequest.Resources(
                Subject.of("user", "alice"),
                Action.of("can_call"),
                "tool",
                Map.of(),
                Map.of("scope", "a"),
                PageRequest.WHOLE);

        assertThat(ids(service.search(billing, engine, tools)
                        .toCompletableFuture()
                        .join()))
                .containsExactly("pay");
    }

    @Test
    void theTokenOfASearchNeverReachesTheEngine() {
        engine.found = List.of();
        search(new SearchRequest.Resources(
                Subject.of("user", "alice"),
                Action.of("a"),
                "tool",
                Map.of(),
                Map.of("access_token", "t"),
                PageRequest.WHOLE));

        assertThat(engine.contexts).containsExactly(Map.of());
    }

    @Test
    void propertiesOfWhatIsSearchedForReachTheEngineAndTheQuestion() {
        engine.found = List.of("r2");
        SearchRequest archived = new SearchRequest.Resources(
                Subject.of("user", "bob"),
                Action.of("write"),
                "record",
                Map.of("status", "archived", "level", 1),
                Map.of("resource_level", 2),
                PageRequest.WHOLE);

        assertThat(ids(search(archived))).containsExactly("r2");
        assertThat(engine.contexts).containsExactly(Map.of("resource_status", "archived", "resource_level", 2));
        assertThat(engine.asked)
                .singleElement()
                .satisfies(
                        question -> assertThat(question.resource().properties()).containsEntry("status", "archived"));
    }

    @Test
    void nothingBehindThePageIsAskedAbout() {
        engine.found = IntStream.range(0, 1000).mapToObj(each -> "r" + each).toList();

        assertThat(ids(search(resources(page(null, 3))))).containsExactly("r0", "r1", "r10");
        assertThat(engine.asked).hasSize(200);
    }

    @Test
    void whatTheEngineFindsTwiceIsGivenOnce() {
        engine.found = List.of("a", "b", "a");

        assertThat(ids(search(resources(page(null, 2))))).containsExactly("a", "b");
    }

    @Property
    void allPagesTogetherAreTheWholeAndNothingTwice(
            @ForAll @Size(max = 12) Set<@IntRange(max = 50) Integer> found,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        engine.found = found.stream().map(each -> "r" + each).toList();
        List<String> all = ids(search(resources(PageRequest.WHOLE)));

        List<String> paged = new ArrayList<>();
        SearchAnswer answer = search(resources(page(null, limit)));
        paged.addAll(ids(answer));
        while (!answer.nextToken().isEmpty()) {
            answer = search(resources(page(answer.nextToken(), limit)));
            paged.addAll(ids(answer));
        }
        assertThat(paged).isEqualTo(all);
    }

    private SearchAnswer search(SearchRequest request) {
        return service.search(GATEWAY, engine, request).toCompletableFuture().join();
    }

    private static SearchRequest resources(PageRequest page) {
        return new SearchRequest.Resources(
                Subject.of("user", "alice"), Action.of("read"), "record", Map.of(), Map.of(), page);
    }

    private static PageRequest page(String token, int limit) {
        return new PageRequest(Optional.ofNullable(token), limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit));
    }

    private static List<String> ids(SearchAnswer answer) {
        return answer.results().stream().map(each -> (String) each.get("id")).toList();
    }

    private static McpServer server(String clientId, String... tools) {
        return new McpServer(
                clientId,
                clientId,
                Set.of("https://" + clientId + ".example"),
                McpServer.Tools.Loaded.of(List.of(tools).stream()
                        .map(key -> new McpTool(key, "", Set.of(), null))
                        .toList()));
    }

    /** An engine that finds what it is told to, and denies what it is told to when asked one by one. */
    private static final class Engine implements EngineOperations, PermissionEngine {

        List<String> found = List.of();
        Set<String> denied = Set.of();
        boolean truncated;
        boolean down;
        AccessSettings settings = AccessSettings.DEFAULTS;
        final List<EvaluationRequest> asked = new ArrayList<>();
        final List<Map<String, Object>> contexts = new ArrayList<>();

        @Override
        public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
            asked.addAll(questions);
            return CompletableFuture.completedFuture(
                    questions.stream().map(this::answer).toList());
        }

        private PermissionAnswer answer(EvaluationRequest question) {
            if (down) {
                return new PermissionAnswer.NoAnswer(ReasonCode.ENGINE_UNAVAILABLE);
            }
            return denied.contains(question.resource().id())
                    ? new PermissionAnswer.NotHeld(ReasonCode.PERMISSION_DENIED)
                    : new PermissionAnswer.Held();
        }

        @Override
        public CompletionStage<AccessSettings> settings() {
            return CompletableFuture.completedFuture(settings);
        }

        @Override
        public CompletionStage<EngineTerms> terms() {
            throw new AssertionError("the pipeline asks through its own port");
        }

        @Override
        public CompletionStage<List<Decision>> evaluations(List<EvaluationRequest> questions) {
            throw new AssertionError("the pipeline asks through its own port");
        }

        @Override
        public CompletionStage<Set<String>> offered() {
            return CompletableFuture.completedFuture(Set.of());
        }

        @Override
        public CompletionStage<SearchPage> searchSubjects(
                String subjectType, Action action, Resource resource, Map<String, Object> context) {
            return page("user", context);
        }

        @Override
        public CompletionStage<SearchPage> searchResources(
                Subject subject, Action action, String resourceType, Map<String, Object> context) {
            return page(resourceType, context);
        }

        @Override
        public CompletionStage<SearchPage> searchActions(
                Subject subject, Resource resource, Map<String, Object> context) {
            return page("", context);
        }

        private CompletionStage<SearchPage> page(String type, Map<String, Object> context) {
            contexts.add(context);
            return CompletableFuture.completedFuture(new SearchPage(
                    found.stream()
                            .map(id -> Map.<String, Object>of("type", type, "id", id))
                            .toList(),
                    truncated,
                    Map.of()));
        }

        @Override
        public CompletionStage<Map<String, Object>> explain(EvaluationRequest question) {
            return CompletableFuture.completedFuture(Map.of());
        }
    }
}
