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

    /**
     * The most characters that the questions of one batch may have together, the defaults counted with each item that takes
     * them: what is written once is worked on for each.
     */
    public static final int MAX_BATCH_CHARACTERS = 2 * 1024 * 1024;

    /** The most characters that a search may have: all of it is worked on for each candidate. */
    public static final int MAX_SEARCH_CHARACTERS = 64 * 1024;

    private final StrictJson json = new StrictJson();

    /**
     * Reads an Access Evaluation request.
     *
     * @param body the bytes of the request
     * @return the question
     * @throws MalformedRequestException if the body is none; answered with 400
     */
    public EvaluationRequest readEvaluation(byte[] body) {
        return new Entities(json.readObject(body)).question();
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
            return new EvaluationsRequest.Single(new Entities(root).question());
        }
        if (!evaluations.isArray()) {
            throw new MalformedRequestException("evaluations must be an array.");
        }
        if (evaluations.size() > MAX_ITEMS) {
            throw new MalformedRequestException("evaluations has " + evaluations.size() + " items; at most " + MAX_ITEMS
                    + " are answered in one request.");
        }
        Entities defaults = new Entities(root);
        requireBounded(evaluations, defaults);
        List<BatchItem> items = new ArrayList<>(evaluations.size());
        for (JsonNode item : evaluations) {
            items.add(item(item, defaults));
        }
        return new EvaluationsRequest.Batch(items, semantic(root.path("options")));
    }

    /** Before anything is made of them. */
    private static void requireBounded(JsonNode evaluations, Entities defaults) {
        long characters = 0;
        for (JsonNode item : evaluations) {
            characters += item instanceof ObjectNode object ? new Entities(object, defaults).weight() : 0;
        }
        if (characters > MAX_BATCH_CHARACTERS) {
            throw new MalformedRequestException("The items of evaluations have more than " + MAX_BATCH_CHARACTERS
                    + " characters together, with the defaults that each takes. Send fewer items at once, or give"
                    + " properties and context to those items alone that need them.");
        }
    }

    private Entities search(byte[] body) {
        Entities entities = new Entities(json.readObject(body));
        if (entities.weight() > MAX_SEARCH_CHARACTERS) {
            throw new MalformedRequestException("The search has more than " + MAX_SEARCH_CHARACTERS
                    + " characters in its entities and context; each candidate is decided with all of them.");
        }
        return entities;
    }

    private static BatchItem item(JsonNode item, Entities defaults) {
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
        Entities entities = search(body);
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
        Entities entities = search(body);
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
        Entities entities = search(body);
        return new SearchRequest.Actions(entities.subject(), entities.resource(), entities.context(), entities.page());
    }
}
