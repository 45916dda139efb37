package io.mcpaccess.core.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the requests of AuthZEN 1.0 (sections 6, 7 and 10.1.1): required members must be there, of the right type and not
 * empty; unknown members are ignored at every level.
 *
 * <p>Immutable; may be used by any number of threads.
 */
public final class AuthZenReader {

    /** The most items that one batch may have. */
    public static final int MAX_ITEMS = 1000;

    private final StrictJson json = new StrictJson();

    /**
     * Reads an Access Evaluation request.
     *
     * @param body the bytes of the request
     * @return the question
     * @throws MalformedRequestException if the body is none; answered with 400
     */
    public EvaluationRequest readEvaluation(byte[] body) {
        return new Entities(json.readObject(body), null).question();
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
        if (Entities.absent(evaluations) || evaluations.isArray() && evaluations.isEmpty()) {
            return new EvaluationsRequest.Single(new Entities(root, null).question());
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

    private static BatchItem item(JsonNode item, ObjectNode defaults) {
        if (!(item instanceof ObjectNode object)) {
            return new BatchItem.Incomplete("An item of evaluations must be an object.");
        }
        try {
            return new BatchItem.Question(new Entities(object, defaults).question());
        } catch (MalformedRequestException e) {
            return new BatchItem.Incomplete(e.getMessage());
        }
    }

    private static BatchSemantic semantic(JsonNode options) {
        if (Entities.absent(options)) {
            return BatchSemantic.EXECUTE_ALL;
        }
        if (!options.isObject()) {
            throw new MalformedRequestException("options must be an object.");
        }
        JsonNode name = options.path("evaluations_semantic");
        if (Entities.absent(name)) {
            return BatchSemantic.EXECUTE_ALL;
        }
        return BatchSemantic.named(name.isTextual() ? name.textValue() : "")
                .orElseThrow(() -> new MalformedRequestException("options.evaluations_semantic must be execute_all, "
                        + "deny_on_first_deny or permit_on_first_permit."));
    }

    /**
     * Reads a Subject Search request (section 8.4): the subject's type and properties count, an identifier
     * is ignored.
     *
     * @param body the bytes of the request
     * @return the search
     * @throws MalformedRequestException if the body is none; answered with 400
     */
    public SearchRequest.Subjects readSubjectSearch(byte[] body) {
        Entities entities = new Entities(json.readObject(body), null);
        return new SearchRequest.Subjects(
                entities.typeOf("subject"),
                entities.propertiesOf("subject"),
                entities.action(),
                entities.resource(),
                entities.context(),
                entities.page());
    }

    /**
     * Reads a Resource Search request (section 8.5): the resource's type and properties count, an
     * identifier is ignored.
     *
     * @param body the bytes of the request
     * @return the search
     * @throws MalformedRequestException if the body is none; answered with 400
     */
    public SearchRequest.Resources readResourceSearch(byte[] body) {
        Entities entities = new Entities(json.readObject(body), null);
        return new SearchRequest.Resources(
                entities.subject(),
                entities.action(),
                entities.typeOf("resource"),
                entities.propertiesOf("resource"),
                entities.context(),
                entities.page());
    }

    /**
     * Reads an Action Search request (section 8.6): an action is ignored.
     *
     * @param body the bytes of the request
     * @return the search
     * @throws MalformedRequestException if the body is none; answered with 400
     */
    public SearchRequest.Actions readActionSearch(byte[] body) {
        Entities entities = new Entities(json.readObject(body), null);
        return new SearchRequest.Actions(entities.subject(), entities.resource(), entities.context(), entities.page());
    }
}
