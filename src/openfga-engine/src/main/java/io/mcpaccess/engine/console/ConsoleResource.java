package io.mcpaccess.engine.console;

import io.mcpaccess.engine.store.EngineStore;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.McpRegistry;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The paths below {@code …/authorization-engines/{engineId}/settings}, with the statuses and bodies that the console
 * expects. AM has checked the right to update engines; that the engine belongs to the domain of the path is checked
 * here, on each call, as AM does not.
 */
public class ConsoleResource {

    private static final int MODELS_PER_PAGE = 50;
    private static final int TUPLES_PER_PAGE = 100;

    private final EngineStore store;
    private final ShadowMode shadow;
    private final ConsoleAudit audit;
    private final Consumer<String> found;
    private final McpRegistry registry;

    /**
     * A resource over one engine's store.
     *
     * @param store the store
     * @param shadow which refusals are recorded instead of enforced
     * @param audit takes down what was written
     * @param found told the domain whose engine it is, as often as it is found
     * @param registry has the JAX-RS resource below {@code mcp}, which checks callers and domains itself, and says how calls
     *     of this engine are answered
     */
    public ConsoleResource(
            EngineStore store, ShadowMode shadow, ConsoleAudit audit, Consumer<String> found, McpRegistry registry) {
        this.store = store;
        this.shadow = shadow;
        this.audit = audit;
        this.found = found;
        this.registry = registry;
    }

    /**
     * MCP servers, their tools and scopes.
     *
     * @return the registry's resource
     */
    @Path("mcp")
    public Object mcp() {
        return registry.resource();
    }

    /**
     * Describes the store: {@code {id, storeId, name}}.
     *
     * @param domain the domain of the path
     * @param engine the engine of the path
     * @param response takes the answer
     */
    @GET
    @Path("store")
    public void store(
            @PathParam("domain") String domain,
            @PathParam("engineId") String engine,
            @Suspended AsyncResponse response) {
        answer(
                domain,
                engine,
                response,
                () -> store.administration(StoreAdministration::store)
                        .thenApply(known -> ConsoleAnswer.ok(
                                Map.of("id", known.id(), "storeId", known.id(), "name", known.name()))));
    }

    /**
     * Lists authorization models, the newest first: {@code {data, info: {continuationToken}}}.
     *
     * @param domain the domain of the path
     * @param engine the engine of the path
     * @param pageSize how many, 50 at the most and unless said
     * @param continuationToken where the page before ended
     * @param response takes the answer
     */
    @GET
    @Path("authorization-models")
    public void models(
            @PathParam("domain") String domain,
            @PathParam("engineId") String engine,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("continuationToken") String continuationToken,
            @Suspended AsyncResponse response) {
        answer(
                domain,
                engine,
                response,
                () -> store.administration(
                                Pages.request(pageSize, continuationToken, MODELS_PER_PAGE),
                                StoreAdministration::models)
                        .thenApply(
                                page -> ConsoleAnswer.ok(Pages.json(page, model -> ConsoleJson.parse(model.json())))));
    }

    /**
     * Adds an authorization model: 201 and {@code {authorizationModelId}}, with {@code warnings} where there are any.
     *
     * @param domain the domain of the path
     * @param engine the engine of the path
     * @param body the model as JSON, in OpenFGA's spelling or in that of its JavaScript transformer
     * @param caller who asks
     * @param response takes the answer
     */
    @POST
    @Path("authorization-models")
    public void addModel(
            @PathParam("domain") String domain,
            @PathParam("engineId") String engine,
            String body,
            @Context SecurityContext caller,
            @Suspended AsyncResponse response) {
        ConsoleAudit.Entry entry = audit.by(caller, domain, engine);
        answer(domain, engine, response, () -> {
            String model = ModelSpelling.normalised(ConsoleJson.object(body)).toString();
            return store.administration(model, StoreAdministration::addModel)
                    .whenComplete((id, thrown) -> entry.modelAdded(id, thrown))
                    .thenApply(id -> ConsoleAnswer.created(AddedModel.of(id, model)));
        });
    }

    /**
     * Lists tuples: {@code {data: [{user, relation, object}], info: {continuationToken}}}.
     *
     * @param domain the domain of the path
     * @param engine the engine of the path
     * @param pageSize how many, 100 at the most, 50 unless said
     * @param continuationToken where the page before ended
     * @param response takes the answer
     */
    @GET
    @Path("tuples")
    public void tuples(
            @PathParam("domain") String domain,
            @PathParam("engineId") String engine,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("continuationToken") String continuationToken,
            @Suspended AsyncResponse response) {
        answer(
                domain,
                engine,
                response,
                () -> store.administration(
                                Pages.request(pageSize, continuationToken, TUPLES_PER_PAGE),
                                StoreAdministration::tuples)
                        .thenApply(page -> ConsoleAnswer.ok(Pages.json(page, ConsoleJson::tuple))));
    }

    /**
     * Writes a tuple: 201 and the tuple.
     *
     * @param domain the domain of the path
     * @param engine the engine of the path
     * @param body {@code {user, relation, object}}, with {@code condition: {name, context}} if there is one
     * @param caller who asks
     * @param response takes the answer
     */
    @POST
    @Path("tuples")
    public void addTuple(
            @PathParam("domain") String domain,
            @PathParam("engineId") String engine,
            String body,
            @Context SecurityContext caller,
            @Suspended AsyncResponse response) {
        ConsoleAudit.Entry entry = audit.by(caller, domain, engine);
        answer(domain, engine, response, () -> {
            StoredTuple tuple = ConsoleJson.tuple(ConsoleJson.object(body));
            return store.administration(tuple, StoreAdministration::addTuple)
                    .whenComplete((done, thrown) -> entry.tupleAdded(tuple.key(), thrown))
                    .thenApply(done -> ConsoleAnswer.created(ConsoleJson.tuple(tuple)));
        });
    }

    /**
     * Deletes a tuple: 204.
     *
     * @param domain the domain of the path
     * @param engine the engine of the path
     * @param body {@code {user, relation, object}}
     * @param caller who asks
     * @param response takes the answer
     */
    @DELETE
    @Path("tuples")
    public void deleteTuple(
            @PathParam("domain") String domain,
            @PathParam("engineId") String engine,
            String body,
            @Context SecurityContext caller,
            @Suspended AsyncResponse response) {
        ConsoleAudit.Entry entry = audit.by(caller, domain, engine);
        answer(domain, engine, response, () -> {
            TupleKey tuple = ConsoleJson.tuple(ConsoleJson.object(body)).key();
            return store.administration(tuple, StoreAdministration::deleteTuple)
                    .whenComplete((done, thrown) -> entry.tupleDeleted(tuple, thrown))
                    .thenApply(done -> ConsoleAnswer.noContent());
        });
    }

    /**
     * Asks one question: 200 and {@code {allowed, context: {reason_code}}}.
     *
     * @param domain the domain of the path
     * @param engine the engine of the path
     * @param body {@code {user, relation, object}}, with {@code context} for conditions, which get the engine's time
     * @param response takes the answer
     */
    @POST
    @Path("check")
    public void check(
            @PathParam("domain") String domain,
            @PathParam("engineId") String engine,
            String body,
            @Suspended AsyncResponse response) {
        answer(domain, engine, response, () -> {
            PermissionQuestion question = ConsoleJson.question(ConsoleJson.object(body), registry.clock());
            return store.ask(open -> open.checks().check(question, CallContext.none()))
                    .thenApply(ConsoleJson::checked);
        });
    }

    /**
     * Explains one question: 200 and {@code {allowed, reason_code, …}}, see {@link io.mcpaccess.engine.explain.Explanations#explain}.
     *
     * @param domain the domain of the path
     * @param engine the engine of the path
     * @param body {@code {user, relation, object}}, with {@code context} for conditions, which get the engine's time
     * @param response takes the answer
     */
    @POST
    @Path("explain")
    public void explain(
            @PathParam("domain") String domain,
            @PathParam("engineId") String engine,
            String body,
            @Suspended AsyncResponse response) {
        answer(domain, engine, response, () -> {
            PermissionQuestion question = ConsoleJson.question(ConsoleJson.object(body), registry.clock());
            return store.ask(open -> open.explanations().explain(question)).thenApply(ConsoleAnswer::ok);
        });
    }

    /**
     * Tells whether the store can answer: {@code {reachable, modelId, breaker, detail,
     * permissionMode, shadowServers, warnings, cache}}.
     *
     * @param domain the domain of the path
     * @param engine the engine of the path
     * @param response takes the answer
     */
    @GET
    @Path("health")
    public void health(
            @PathParam("domain") String domain,
            @PathParam("engineId") String engine,
            @Suspended AsyncResponse response) {
        answer(domain, engine, response, () -> ConsoleJson.health(store.health(), shadow));
    }

    /** Answers with what the work gives, once it is known that the engine is the domain's. */
    private void answer(
            String domain, String engine, AsyncResponse response, Supplier<CompletionStage<ConsoleAnswer>> work) {
        registry.calls()
                .relay(
                        response,
                        () -> registry.domainCheck()
                                .require(domain, engine)
                                .doOnSuccess(known -> found.accept(domain))
                                .toCompletionStage()
                                .thenCompose(known -> work.get())
                                .thenApply(ConsoleAnswer::toResponse));
    }
}
