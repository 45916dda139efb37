package io.mcpaccess.authzen.decision;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.SearchRequest;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.search.SearchAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A search as the audit takes it down: what was looked for, and how many were found; never who or what.
 *
 * @param request the search as a question, {@code *} in place of what was looked for
 * @param isFound whether anything was found
 * @param context the kind of search, the number of results on this page, and a reason code where there is one
 * @param failure why nothing could be answered, or nothing
 */
public record SearchRecord(
        EvaluationRequest request,
        boolean isFound,
        Map<String, Object> context,
        Optional<Outcome.Unavailable> failure) {

    private static final String ANY = "*";

    /**
     * A search that was answered.
     *
     * @param operation the engine's operation, such as {@code search/subject}
     * @param search what was looked for
     * @param answer what was found
     * @return the record
     */
    public static SearchRecord of(String operation, SearchRequest search, SearchAnswer answer) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("search", kind(operation));
        context.put("results", answer.results().size());
        if (answer.context().get(Outcome.REASON_CODE) instanceof String reason) {
            context.put(Outcome.REASON_CODE, reason);
        }
        return new SearchRecord(question(search), !answer.results().isEmpty(), context, Optional.empty());
    }

    /**
     * A search that could not be answered.
     *
     * @param operation the engine's operation
     * @param search what was looked for
     * @param failure why
     * @return the record
     */
    public static SearchRecord of(String operation, SearchRequest search, Outcome.Unavailable failure) {
        return new SearchRecord(
                question(search),
                false,
                Map.of(
                        "search",
                        kind(operation),
                        Outcome.REASON_CODE,
                        failure.reason().wireName()),
                Optional.of(failure));
    }

    private static String kind(String operation) {
        return operation.substring(operation.indexOf('/') + 1);
    }

    private static EvaluationRequest question(SearchRequest search) {
        if (search instanceof SearchRequest.Subjects subjects) {
            return EvaluationRequest.of(
                    Subject.of(subjects.subjectType(), ANY), subjects.action(), subjects.resource());
        }
        if (search instanceof SearchRequest.Resources resources) {
            return EvaluationRequest.of(
                    resources.subject(), resources.action(), Resource.of(resources.resourceType(), ANY));
        }
        SearchRequest.Actions actions = (SearchRequest.Actions) search;
        return EvaluationRequest.of(actions.subject(), Action.of(ANY), actions.resource());
    }
}
