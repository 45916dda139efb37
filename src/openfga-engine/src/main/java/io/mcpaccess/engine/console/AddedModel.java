package io.mcpaccess.engine.console;

import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.evaluation.ModelRemark;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer to a model that was added: its id, and what an administrator should know about it. */
final class AddedModel {

    private AddedModel() {}

    /**
     * The answer.
     *
     * @param id the model's
     * @param json the model, which the store has taken
     * @return {@code authorizationModelId}, and {@code warnings} where there are any
     */
    static Map<String, Object> of(String id, String json) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("authorizationModelId", id);
        List<String> warnings =
                remarks(json).stream().map(ModelRemark::toString).toList();
        if (!warnings.isEmpty()) {
            answer.put("warnings", warnings);
        }
        return answer;
    }

    /** A server may take models that are not understood here: they are added, without a remark. */
    private static List<ModelRemark> remarks(String json) {
        try {
            return ModelPlan.compile(ModelReader.fromJson(json), new Symbols()).remarks();
        } catch (InvalidModelException e) {
            return List.of();
        }
    }
}
