package io.mcpaccess.core.authzen;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the requests of AuthZEN 1.0 (sections 6, 7 and 10.1.1): required members must be there, of the right type and not
 * empty; unknown members are ignored at every level.
 *
 * <p>Immutable; may be used by any number of threads.
 */
public final class AuthZenReader {

    /** The most items that one batch may have. */
    public static final int MAX_ITEMS = 1000;

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final StrictJson json = new StrictJson();
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Reads an Access Evaluation request.
     *
     * @param body the bytes of the request
     * @return the question
     * @throws MalformedRequestException if the body is none; answered with 400
     */
    public EvaluationRequest readEvaluation(byte[] body) {
        return question(json.readObject(body), null);
    }

    /**
     * Reads an Access Evaluations request.
     *
     * @param body the bytes of the request
     * @return a single question or a batch
     * @throws MalformedRequestException if the whole is malformed; an item that is incomplete on its own is no reason
     */
    public EvaluationsRequest readEvaluations(byte[] body) {
        ObjectNode root = json.readObject(body);
        JsonNode evaluations = root.path("evaluations");
        if (absent(evaluations) || evaluations.isArray() && evaluations.isEmpty()) {
            return new EvaluationsRequest.Single(question(root, null));
        }
        if (!evaluations.isArray()) {
            throw new MalformedRequestException("evaluations must be an array.");
        }
        if (evaluations.size() > MAX_ITEMS) {
            throw new MalformedRequestException("evaluations has " + evaluations.size() + " items; at most " + MAX_ITEMS
                    + " are answered in one request.");
        }
        List<BatchItem> items = new ArrayList<>(evaluations.size());
        for (JsonNode item : evaluations) {
            items.add(item(item, root));
        }
        return new EvaluationsRequest.Batch(items, semantic(root.path("options")));
    }

    private BatchItem item(JsonNode item, ObjectNode defaults) {
        if (!(item instanceof ObjectNode object)) {
            return new BatchItem.Incomplete("An item of evaluations must be an object.");
        }
        try {
            return new BatchItem.Question(question(object, defaults));
        } catch (MalformedRequestException e) {
            return new BatchItem.Incomplete(e.getMessage());
        }
    }

    private static BatchSemantic semantic(JsonNode options) {
        if (absent(options)) {
            return BatchSemantic.EXECUTE_ALL;
        }
        if (!options.isObject()) {
            throw new MalformedRequestException("options must be an object.");
        }
        JsonNode name = options.path("evaluations_semantic");
        if (absent(name)) {
            return BatchSemantic.EXECUTE_ALL;
        }
        return BatchSemantic.named(name.isTextual() ? name.textValue() : "")
                .orElseThrow(() -> new MalformedRequestException("options.evaluations_semantic must be execute_all, "
                        + "deny_on_first_deny or permit_on_first_permit."));
    }

    private EvaluationRequest question(ObjectNode own, ObjectNode defaults) {
        ObjectNode subject = entity("subject", own, defaults);
        ObjectNode action = entity("action", own, defaults);
        ObjectNode resource = entity("resource", own, defaults);
        return new EvaluationRequest(
                new Subject(
                        text(subject, "subject", "type"),
                        text(subject, "subject", "id"),
                        object(subject.path("properties"), "subject.properties")),
                new Action(text(action, "action", "name"), object(action.path("properties"), "action.properties")),
                new Resource(
                        text(resource, "resource", "type"),
                        text(resource, "resource", "id"),
                        object(resource.path("properties"), "resource.properties")),
                object(member("context", own, defaults), "context"));
    }

    private static ObjectNode entity(String name, ObjectNode own, ObjectNode defaults) {
        JsonNode value = member(name, own, defaults);
        if (absent(value)) {
            throw new MalformedRequestException(name + " is missing.");
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedRequestException(name + " must be an object.");
    }

    /** An entity of an item replaces the batch's default whole; members are never merged (section 7.1.1). */
    private static JsonNode member(String name, ObjectNode own, ObjectNode defaults) {
        JsonNode value = own.path(name);
        return value.isMissingNode() && defaults != null ? defaults.path(name) : value;
    }

    private static String text(ObjectNode entity, String owner, String name) {
        JsonNode value = entity.path(name);
        if (absent(value)) {
            throw new MalformedRequestException(owner + "." + name + " is missing.");
        }
        if (!value.isTextual()) {
            throw new MalformedRequestException(owner + "." + name + " must be a string.");
        }
        if (value.textValue().isEmpty()) {
            throw new MalformedRequestException(owner + "." + name + " must not be empty.");
        }
        return value.textValue();
    }

    private Map<String, Object> object(JsonNode value, String name) {
        if (absent(value)) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw new MalformedRequestException(name + " must be an object.");
        }
        return mapper.convertValue(value, OBJECT);
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
