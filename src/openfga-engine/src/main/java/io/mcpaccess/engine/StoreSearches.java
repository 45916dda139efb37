package io.mcpaccess.engine;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.spi.SearchPage;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.Failures;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.ObjectsQuery;
import io.mcpaccess.openfga.PermissionChecks;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.PermissionSearches;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.UsersQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** AuthZEN's searches (AuthZEN 1.0, section 8) over OpenFGA's ListUsers, ListObjects and checks. */
final class StoreSearches {

    /** Stands where a search has no id: the mapping wants one, and nothing is asked about it. */
    private static final String ANY = "any";

    private final CheckMapping mapping;
    private final PermissionChecks checks;
    private final PermissionSearches searches;
    private final StoreAdministration administration;
    private final ModelRelations.Latest known = new ModelRelations.Latest();

    StoreSearches(
            CheckMapping mapping,
            PermissionChecks checks,
            PermissionSearches searches,
            StoreAdministration administration) {
        this.mapping = mapping;
        this.checks = checks;
        this.searches = searches;
        this.administration = administration;
    }

    CompletionStage<SearchPage> subjects(String type, Action action, Resource resource, Map<String, Object> context) {
        return unlessInvalid(() -> {
            PermissionQuestion question = map(new Subject(type, ANY, Map.of()), action, resource, context);
            UsersQuery query = new UsersQuery(
                    question.tuple().object(), question.tuple().relation(), type, question.context(), List.of());
            return searches.listUsers(query, Traces.current())
                    .thenApply(found -> new SearchPage(
                            entities(found.users()),
                            found.truncated(),
                            found.everyone() ? Map.of("everyone", true) : Map.of()));
        });
    }

    CompletionStage<SearchPage> resources(Subject subject, Action action, String type, Map<String, Object> context) {
        return unlessInvalid(() -> {
            PermissionQuestion question = map(subject, action, new Resource(type, ANY, Map.of()), context);
            ObjectsQuery query = new ObjectsQuery(
                    question.tuple().user(), question.tuple().relation(), type, question.context(), List.of());
            return searches.listObjects(query, Traces.current())
                    .thenApply(found -> new SearchPage(entities(found.objects()), found.truncated(), Map.of()));
        });
    }

    /** Only the relations that a subject of this type can hold under the model at all are asked about. */
    CompletionStage<SearchPage> actions(Subject subject, Resource resource, Map<String, Object> context) {
        return unlessInvalid(() -> {
            TupleKey tuple =
                    map(subject, new Action(ANY, Map.of()), resource, context).tuple();
            return administration.currentModel().thenCompose(model -> {
                List<String> relations = known.of(model).heldBy(typeOf(tuple.user()), typeOf(tuple.object()));
                List<PermissionQuestion> questions = relations.stream()
                        .map(relation -> map(subject, new Action(relation, Map.of()), resource, context))
                        .toList();
                return checks.checkAll(questions, Traces.current()).thenApply(results -> actions(relations, results));
            });
        });
    }

    private static String typeOf(String object) {
        return object.substring(0, object.indexOf(':'));
    }

    private PermissionQuestion map(Subject subject, Action action, Resource resource, Map<String, Object> context) {
        return mapping.map(new EvaluationRequest(subject, action, resource, context));
    }

    /** One unanswered check fails the search: a list that silently lacks something would read as a deny. */
    private static SearchPage actions(List<String> relations, List<CheckResult> results) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (int i = 0; i < relations.size(); i++) {
            if (results.get(i) instanceof CheckResult.Unavailable unavailable) {
                throw new BackendException(BackendException.Problem.UNAVAILABLE, unavailable.detail());
            }
            if (results.get(i).isAllowed()) {
                found.add(Map.of("name", relations.get(i)));
            }
        }
        return new SearchPage(found, false, Map.of());
    }

    private static List<Map<String, Object>> entities(List<String> encoded) {
        return encoded.stream()
                .map(each -> {
                    int colon = each.indexOf(':');
                    return Map.<String, Object>of(
                            "type", each.substring(0, colon), "id", Identifiers.decode(each.substring(colon + 1)));
                })
                .toList();
    }

    /** What must not be put before OpenFGA is held by nobody. */
    private static CompletionStage<SearchPage> unlessInvalid(Supplier<CompletionStage<SearchPage>> search) {
        try {
            return search.get().exceptionally(StoreSearches::unlessAConditionLacksSomething);
        } catch (InvalidIdentifierException e) {
            return CompletableFuture.completedFuture(
                    new SearchPage(List.of(), false, Map.of("reason_code", "invalid_identifier")));
        }
    }

    /**
     * OpenFGA gives up a search whose conditions lack a parameter. Identifiers, types and relations are checked before, so
     * nothing else is left that the input could be wrong about.
     */
    private static SearchPage unlessAConditionLacksSomething(Throwable thrown) {
        Throwable cause = Failures.unwrapped(thrown);
        if (cause instanceof BackendException failure && failure.problem() == BackendException.Problem.INVALID_INPUT) {
            return new SearchPage(List.of(), true, Map.of("reason_code", ReasonCode.CONDITION_MISSING.wireName()));
        }
        throw new CompletionException(cause);
    }
}
