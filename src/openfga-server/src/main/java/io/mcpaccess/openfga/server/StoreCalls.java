package io.mcpaccess.openfga.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.openfga.sdk.api.model.ReadRequest;
import dev.openfga.sdk.api.model.ReadRequestTupleKey;
import dev.openfga.sdk.api.model.ReadResponse;
import dev.openfga.sdk.api.model.RelationshipCondition;
import dev.openfga.sdk.api.model.Tuple;
import dev.openfga.sdk.api.model.TupleKeyWithoutCondition;
import dev.openfga.sdk.api.model.WriteAuthorizationModelRequest;
import dev.openfga.sdk.api.model.WriteRequest;
import dev.openfga.sdk.api.model.WriteRequestDeletes;
import dev.openfga.sdk.api.model.WriteRequestWrites;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.StoreDescription;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Looking at the store and changing it. The futures fail with a {@link ServerFailure}. */
final class StoreCalls {

    /** What OpenFGA gives of models in one page at the most. */
    private static final int MOST_MODELS = 50;

    private final Connection connection;

    StoreCalls(Connection connection) {
        this.connection = connection;
    }

    CompletableFuture<StoreDescription> store() {
        return read((api, store, options) -> api.getStore(store, options))
                .thenApply(store -> new StoreDescription(store.getId(), store.getName()));
    }

    CompletableFuture<Page<ModelDocument>> models(PageQuery page) {
        return connection
                .calls()
                .read(
                        connection.searchBudget(),
                        CallContext.none(),
                        attempt -> connection
                                .sdk(
                                        attempt,
                                        (api, store, options) -> api.readAuthorizationModels(
                                                store,
                                                Math.min(page.size(), MOST_MODELS),
                                                page.continuationToken().orElse(null),
                                                options))
                                .thenApply(response -> models(response.getRawResponse())));
    }

    CompletableFuture<ModelDocument> currentModel() {
        return connection
                .model()
                .id()
                .thenCompose(id -> connection
                        .calls()
                        .read(
                                connection.searchBudget(),
                                CallContext.none(),
                                attempt -> connection
                                        .sdk(
                                                attempt,
                                                (api, store, options) -> api.readAuthorizationModel(store, id, options))
                                        .thenApply(response -> new ModelDocument(
                                                id,
                                                tree(response.getRawResponse())
                                                        .path("authorization_model")
                                                        .toString()))));
    }

    private JsonNode tree(String body) {
        try {
            return connection.json().readTree(body);
        } catch (JsonProcessingException e) {
            throw ServerFailure.of(ServerFailure.Kind.MALFORMED, "OpenFGA's answer is not the JSON it should be");
        }
    }

    /** The raw answer, because the SDK's types leave out what they do not know. */
    private Page<ModelDocument> models(String body) {
        JsonNode tree = tree(body);
        List<ModelDocument> models = new ArrayList<>();
        tree.path("authorization_models")
                .forEach(model -> models.add(new ModelDocument(model.path("id").asText(), model.toString())));
        return new Page<>(models, Optional.of(tree.path("continuation_token").asText("")));
    }

    CompletableFuture<String> addModel(String modelJson) {
        WriteAuthorizationModelRequest request;
        try {
            request = connection.json().readValue(modelJson, WriteAuthorizationModelRequest.class);
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(ServerFailure.refused(
                    400, "", "The model is not the JSON of a model: " + e.getOriginalMessage(), null));
        }
        return write((api, store, options) -> api.writeAuthorizationModel(store, request, options))
                .thenApply(response -> {
                    connection.model().forget();
                    return response.getAuthorizationModelId();
                });
    }

    CompletableFuture<Page<StoredTuple>> tuples(ReadRequestTupleKey filter, PageQuery page) {
        ReadRequest request = new ReadRequest()
                .tupleKey(filter)
                .pageSize(page.size())
                .continuationToken(page.continuationToken().orElse(null));
        return read((api, store, options) -> api.read(store, request, options)).thenApply(StoreCalls::tuples);
    }

    private static Page<StoredTuple> tuples(ReadResponse response) {
        List<StoredTuple> tuples = response.getTuples() == null
                ? List.of()
                : response.getTuples().stream().map(StoreCalls::tuple).toList();
        return new Page<>(tuples, Optional.ofNullable(response.getContinuationToken()));
    }

    private static StoredTuple tuple(Tuple tuple) {
        TupleKey key = new TupleKey(
                tuple.getKey().getUser(),
                tuple.getKey().getRelation(),
                tuple.getKey().getObject());
        return new StoredTuple(
                key, Optional.ofNullable(tuple.getKey().getCondition()).map(StoreCalls::condition));
    }

    private static StoredTuple.Condition condition(RelationshipCondition condition) {
        Map<String, Object> context = new LinkedHashMap<>();
        if (condition.getContext() instanceof Map<?, ?> values) {
            values.forEach((name, value) -> context.put(String.valueOf(name), value));
        }
        return new StoredTuple.Condition(condition.getName(), context);
    }

    CompletableFuture<Void> addTuple(StoredTuple tuple) {
        WriteRequest request = new WriteRequest()
                .authorizationModelId(connection.settings().modelId().orElse(null))
                .writes(new WriteRequestWrites().tupleKeys(List.of(SdkRequests.key(tuple))));
        return write((api, store, options) -> api.write(store, request, options))
                .thenApply(done -> null);
    }

    CompletableFuture<Void> deleteTuple(TupleKey tuple) {
        TupleKeyWithoutCondition key = new TupleKeyWithoutCondition()
                .user(tuple.user())
                .relation(tuple.relation())
                ._object(tuple.object());
        WriteRequest request = new WriteRequest()
                .authorizationModelId(connection.settings().modelId().orElse(null))
                .deletes(new WriteRequestDeletes().tupleKeys(List.of(key)));
        return write((api, store, options) -> api.write(store, request, options))
                .thenApply(done -> null);
    }

    private <T> CompletableFuture<T> read(Connection.SdkCall<T> call) {
        return connection
                .calls()
                .read(
                        connection.searchBudget(),
                        CallContext.none(),
                        attempt -> connection.sdk(attempt, call).thenApply(response -> response.getData()));
    }

    private <T> CompletableFuture<T> write(Connection.SdkCall<T> call) {
        return connection
                .calls()
                .write(
                        connection.searchBudget(),
                        CallContext.none(),
                        attempt -> connection.sdk(attempt, call).thenApply(response -> response.getData()));
    }
}
