package io.mcpaccess.amctl.replay;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine's store as it is now, copied into this process. */
public final class LocalStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private LocalStore() {}

    /**
     * Copies a store.
     *
     * @param engine the domain's engine
     * @return its latest model and all of its tuples
     * @throws CommandFailure where there is no model, or none that can be read here
     */
    public static StoreView of(AmEngine engine) {
        return of(engine, engine.tuples());
    }

    /**
     * The same with tuples that were read already.
     *
     * @param engine the domain's engine
     * @param tuples as it has them
     * @return its latest model and the tuples
     * @throws CommandFailure where there is no model, or none that can be read here
     */
    public static StoreView of(AmEngine engine, List<JsonNode> tuples) {
        JsonNode model = engine.model();
        if (model.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED, "The engine's store has no model, so nothing can be asked of it.");
        }
        return of(model, tuples);
    }

    static StoreView of(JsonNode model, List<JsonNode> tuples) {
        AuthorizationModel read;
        try {
            read = ModelReader.fromJson(model.toString());
        } catch (InvalidModelException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "The store's model cannot be read in this process: "
                            + e.faults().get(0).message() + ".");
        }
        TupleTable table = new TupleTable(new Symbols());
        tuples.forEach(tuple -> table.add(tuple(tuple)));
        table.commit();
        return new StoreView(ModelPlan.compile(read, table.current().symbols()), table.current());
    }

    /**
     * A tuple.
     *
     * @param json as AM and OpenFGA's files have it
     * @return the same
     * @throws CommandFailure where it has a condition that is none; without it the tuple would say more than was meant
     */
    public static StoredTuple tuple(JsonNode json) {
        JsonNode condition = json.path("condition");
        if (json.hasNonNull("condition") && !condition.path("name").isTextual()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "The tuple " + json.path("user").asText() + " "
                            + json.path("relation").asText() + " "
                            + json.path("object").asText() + " has a condition without a name.");
        }
        return new StoredTuple(
                new TupleKey(
                        json.path("user").asText(),
                        json.path("relation").asText(),
                        json.path("object").asText()),
                condition.hasNonNull("name")
                        ? Optional.of(new StoredTuple.Condition(
                                condition.path("name").asText(),
                                condition.path("context").isObject()
                                        ? JSON.convertValue(condition.path("context"), OBJECT)
                                        : Map.of()))
                        : Optional.empty());
    }
}
