package io.mcpaccess.openfga.embedded.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pages of a store's models, the newest first. A token is the id of the last model of the page before. */
final class ModelPages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelPages() {}

    static Page<ModelDocument> page(Map<String, AuthorizationModel> models, PageQuery request) {
        List<String> ids = new ArrayList<>(models.keySet());
        Collections.reverse(ids);
        int from = request.continuationToken().map(ids::indexOf).orElse(-1) + 1;
        if (from == 0 && request.continuationToken().isPresent()) {
            throw new OpenFgaException(
                    OpenFgaCode.INVALID_CONTINUATION_TOKEN, "Invalid continuation token", OpenFgaError.About.REQUEST);
        }
        int to = Math.min(ids.size(), from + request.size());
        List<ModelDocument> items = ids.subList(from, to).stream()
                .map(id -> document(id, models.get(id)))
                .toList();
        return new Page<>(items, to == ids.size() ? Optional.empty() : Optional.of(ids.get(to - 1)));
    }

    static ModelDocument document(String id, AuthorizationModel model) {
        try {
            ObjectNode json = JSON.createObjectNode().put("id", id);
            json.setAll((ObjectNode) JSON.readTree(ModelReader.toJson(model)));
            return new ModelDocument(id, json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a model that was written is JSON", e);
        }
    }
}
