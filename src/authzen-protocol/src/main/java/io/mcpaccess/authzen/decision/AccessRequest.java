package io.mcpaccess.authzen.decision;

import io.mcpaccess.core.decision.DecisionPipeline;
import io.mcpaccess.core.decision.Pep;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What belongs to one request of a caller that is known, and to no other. For one request, one thread after another.
 *
 * @param pep who asks
 * @param body the bytes of its JSON, as they came
 * @param executor where work goes on after something was waited for
 * @param engine the domain's engine as it was found for this request; its settings and its deadline are asked for once
 * @param pipeline decides with that engine, and takes every decision down as this caller's
 * @param searches takes a search down, once, as this caller's
 */
public record AccessRequest(
        Pep pep,
        byte[] body,
        Executor executor,
        AmPermissionEngine.OfRequest engine,
        DecisionPipeline pipeline,
        Consumer<SearchRecord> searches) {

    public AccessRequest {
        Objects.requireNonNull(pep, "pep");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(searches, "searches");
    }

    /** Names the caller alone: the body may hold a token. */
    @Override
    public String toString() {
        return "AccessRequest[" + pep.clientId() + ", " + body.length + " bytes]";
    }
}
