package io.mcpaccess.openfga.server;

import dev.openfga.sdk.api.model.ConsistencyPreference;
import dev.openfga.sdk.api.model.ContextualTupleKeys;
import dev.openfga.sdk.api.model.FgaObject;
import dev.openfga.sdk.api.model.ListObjectsRequest;
import dev.openfga.sdk.api.model.ListUsersRequest;
import dev.openfga.sdk.api.model.RelationshipCondition;
import dev.openfga.sdk.api.model.TupleKey;
import dev.openfga.sdk.api.model.UserTypeFilter;
import io.mcpaccess.openfga.ObjectsQuery;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.UsersQuery;
import java.util.List;
import java.util.Map;

/** Turns the engine's searches and tuples into the SDK's types. */
final class SdkRequests {

    private final ServerSettings settings;

    SdkRequests(ServerSettings settings) {
        this.settings = settings;
    }

    ListObjectsRequest objects(String modelId, ObjectsQuery query) {
        return new ListObjectsRequest()
                .authorizationModelId(modelId)
                .user(query.user())
                .relation(query.relation())
                .type(query.objectType())
                .contextualTuples(contextual(query.contextualTuples()))
                .context(orNull(query.context()))
                .consistency(consistency(query.relation()));
    }

    ListUsersRequest users(String modelId, UsersQuery query) {
        int colon = query.object().indexOf(':');
        return new ListUsersRequest()
                .authorizationModelId(modelId)
                ._object(new FgaObject()
                        .type(query.object().substring(0, Math.max(0, colon)))
                        .id(query.object().substring(colon + 1)))
                .relation(query.relation())
                .userFilters(List.of(new UserTypeFilter().type(query.userType())))
                .contextualTuples(keys(query.contextualTuples()))
                .context(orNull(query.context()))
                .consistency(consistency(query.relation()));
    }

    static TupleKey key(StoredTuple tuple) {
        TupleKey key = new TupleKey()
                .user(tuple.key().user())
                .relation(tuple.key().relation())
                ._object(tuple.key().object());
        tuple.condition()
                .ifPresent(condition -> key.condition(
                        new RelationshipCondition().name(condition.name()).context(orNull(condition.context()))));
        return key;
    }

    private ConsistencyPreference consistency(String relation) {
        return consistency(settings.needsHigherConsistency(relation));
    }

    /** Unsaid means what the server prefers, which is the lowest latency. */
    private static ConsistencyPreference consistency(boolean higher) {
        return higher ? ConsistencyPreference.HIGHER_CONSISTENCY : null;
    }

    private static ContextualTupleKeys contextual(List<StoredTuple> tuples) {
        return tuples.isEmpty() ? null : new ContextualTupleKeys().tupleKeys(keys(tuples));
    }

    private static List<TupleKey> keys(List<StoredTuple> tuples) {
        return tuples.stream().map(SdkRequests::key).toList();
    }

    private static Object orNull(Map<String, Object> context) {
        return context.isEmpty() ? null : context;
    }
}
