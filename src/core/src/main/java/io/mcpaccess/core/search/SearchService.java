package io.mcpaccess.core.search;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.SearchRequest;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.core.decision.DecisionPipeline;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.Pep;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.SearchPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers searches: the engine finds candidates, the decision pipeline keeps those that hold when asked one by one, and
 * what is left is given in pages. So a search never says more than evaluations would.
 *
 * <p>Immutable; may be used by any number of threads; never blocks.
 */
public final class SearchService {

    /** The most results of one page. */
    public static final int MAX_PAGE = 1000;

    /** How many candidates are asked about together. */
    private static final int SLICE = 200;

    private static final Comparator<Map<String, Object>> ORDER = Comparator.comparing(SearchService::key);

    private final String domain;
    private final DecisionPipeline pipeline;
    private final PagingTokens tokens;

    /**
     * Joins the parts.
     *
     * @param domain the domain's id: a paging token of one domain is none in another
     * @param pipeline decides each candidate
     * @param tokens makes and reads paging tokens
     */
    public SearchService(String domain, DecisionPipeline pipeline, PagingTokens tokens) {
        this.domain = Objects.requireNonNull(domain, "domain");
        this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * Answers one search.
     *
     * @param pep who asks, already authenticated
     * @param engine the domain's engine
     * @param request the search
     * @return the answer; the stage fails where the engine does, with {@link DecisionUnavailableException} where
     *     nothing can be decided
     * @throws MalformedRequestException if the paging token is not for this search and caller, or has expired
     */
    public CompletionStage<SearchAnswer> search(Pep pep, EngineOperations engine, SearchRequest request) {
        byte[] fingerprint = QueryFingerprint.of(domain, pep.clientId(), request);
        PagingTokens.Position position = request.page()
                .token()
                .map(token -> tokens.read(fingerprint, token)
                        .orElseThrow(() -> new MalformedRequestException(
                                "page.token is not of this search and caller, or has expired.")))
                .orElse(new PagingTokens.Position("", 0));
        int limit = limit(request, position);
        return pipeline.refusal(pep)
                .thenCompose(refusal -> refusal.isPresent()
                        ? CompletableFuture.completedFuture(refused(refusal.get()))
                        : found(pep, engine, request, new Window(position.last(), limit), fingerprint));
    }

    /** Which results are wanted: those behind one, at most so many. */
    private record Window(String last, int limit) {}

    /** A caller that may not ask has no results, and the engine is not asked for it. */
    private static SearchAnswer refused(Outcome refusal) {
        return new SearchAnswer("", Map.of(Outcome.REASON_CODE, refusal.reason().wireName()), 0, List.of());
    }

    private CompletionStage<SearchAnswer> found(
            Pep pep, EngineOperations engine, SearchRequest request, Window window, byte[] fingerprint) {
        return candidates(pep, engine, request).thenCompose(found -> {
            List<Map<String, Object>> rest = found.results().stream()
                    .distinct()
                    .sorted(ORDER)
                    .filter(result -> key(result).compareTo(window.last()) > 0)
                    .toList();
            // One more than the page has room for tells whether there is another.
            Holding holding = new Holding(new ArrayList<>(), 0);
            return holding(pep, request, rest, window.limit() + 1, holding)
                    .thenApply(done -> page(done, found, window.limit(), fingerprint));
        });
    }

    private CompletionStage<SearchPage> candidates(Pep pep, EngineOperations engine, SearchRequest request) {
        Map<String, Object> context = engineContext(request);
        if (request instanceof SearchRequest.Resources search) {
            return engine.searchResources(search.subject(), search.action(), search.resourceType(), context);
        }
        Resource asked = request instanceof SearchRequest.Subjects search
                ? search.resource()
                : ((SearchRequest.Actions) request).resource();
        return pipeline.nameInPermissions(pep, asked).thenCompose(named -> {
            if (named.isEmpty()) {
                return CompletableFuture.completedFuture(new SearchPage(List.of(), false, Map.of()));
            }
            return request instanceof SearchRequest.Subjects search
                    ? engine.searchSubjects(search.subjectType(), search.action(), named.get(), context)
                    : engine.searchActions(((SearchRequest.Actions) request).subject(), named.get(), context);
        });
    }

    /** What was found to hold, and how many candidates were decided for it. */
    private record Holding(List<Map<String, Object>> results, int questions) {}

    /** Asks slice by slice, and no further than the page goes: an evaluation has a deadline of its own. */
    private CompletionStage<Holding> holding(
            Pep pep, SearchRequest request, List<Map<String, Object>> candidates, int wanted, Holding holding) {
        if (candidates.isEmpty() || holding.results().size() >= wanted) {
            return CompletableFuture.completedFuture(holding);
        }
        List<Map<String, Object>> slice = candidates.subList(0, Math.min(SLICE, candidates.size()));
        List<EvaluationRequest> questions =
                slice.stream().map(candidate -> question(request, candidate)).toList();
        return pipeline.preview(pep, questions).thenCompose(outcomes -> {
            for (int i = 0; i < slice.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Unavailable unavailable) {
                    throw new DecisionUnavailableException(unavailable);
                }
                // What shadow mode lets through is held by nobody.
                if (outcomes.get(i) instanceof Outcome.Permitted) {
                    holding.results().add(slice.get(i));
                }
            }
            return holding(
                    pep,
                    request,
                    candidates.subList(slice.size(), candidates.size()),
                    wanted,
                    new Holding(holding.results(), holding.questions() + slice.size()));
        });
    }

    private static EvaluationRequest question(SearchRequest request, Map<String, Object> candidate) {
        if (request instanceof SearchRequest.Subjects search) {
            return new EvaluationRequest(
                    new Subject(search.subjectType(), (String) candidate.get("id"), search.subjectProperties()),
                    search.action(),
                    search.resource(),
                    search.context());
        }
        if (request instanceof SearchRequest.Resources search) {
            return new EvaluationRequest(
                    search.subject(),
                    search.action(),
                    new Resource(search.resourceType(), (String) candidate.get("id"), search.resourceProperties()),
                    search.context());
        }
        SearchRequest.Actions search = (SearchRequest.Actions) request;
        return new EvaluationRequest(
                search.subject(), Action.of((String) candidate.get("name")), search.resource(), search.context());
    }

    private SearchAnswer page(Holding holding, SearchPage found, int limit, byte[] fingerprint) {
        List<Map<String, Object>> results = holding.results();
        List<Map<String, Object>> page = results.subList(0, Math.min(limit, results.size()));
        String next = page.size() < results.size()
                ? tokens.issue(fingerprint, new PagingTokens.Position(key(page.get(page.size() - 1)), limit))
                : "";
        Map<String, Object> context = new LinkedHashMap<>(found.context());
        if (found.truncated()) {
            context.put("truncated", true);
        }
        return new SearchAnswer(next, context, holding.questions(), page);
    }

    private static int limit(SearchRequest request, PagingTokens.Position position) {
        int wanted = request.page().limit().orElse(position.limit());
        return wanted == 0 ? MAX_PAGE : Math.min(wanted, MAX_PAGE);
    }

    private static String key(Map<String, Object> result) {
        return String.valueOf(result.containsKey("name") ? result.get("name") : result.get("id"));
    }

    /** Properties of what is searched for count like those of an entity that is asked about. */
    private static Map<String, Object> engineContext(SearchRequest request) {
        Map<String, Object> context = new LinkedHashMap<>();
        if (request instanceof SearchRequest.Subjects search) {
            search.subjectProperties().forEach((key, value) -> context.put("subject_" + key, value));
        } else if (request instanceof SearchRequest.Resources search) {
            search.resourceProperties().forEach((key, value) -> context.put("resource_" + key, value));
        }
        context.putAll(request.context());
        context.keySet().removeAll(CheckMapping.CREDENTIAL_MEMBERS);
        return context;
    }
}
