package io.mcpaccess.registry.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A change as somebody pasted it.
 *
 * @param model an authorization model, in OpenFGA's language or as JSON; empty for today's
 * @param writes tuples to write, a line each: user, relation, object
 * @param deletes tuples to delete, likewise
 * @param formToken the token that AM wants to have back with the form
 */
public record ProposedChange(String model, String writes, String deletes, Optional<String> formToken) {

    /** The most characters of a field: what AM's server takes of a form, and a little less. */
    static final int LONGEST = 60_000;

    private static final int MOST_TUPLES = 1000;

    /** Checks the lengths. */
    public ProposedChange {
        checked("model", model);
        checked("writes", writes);
        checked("deletes", deletes);
    }

    /**
     * Reads a form.
     *
     * @param parameter gives the value of a field; null for one that is not there
     * @param formToken the token that AM wants to have back with the form
     * @return the change
     * @throws InvalidDeclarationException if a field is too long
     */
    public static ProposedChange of(UnaryOperator<String> parameter, Optional<String> formToken) {
        return new ProposedChange(
                text(parameter, "model"), text(parameter, "writes"), text(parameter, "deletes"), formToken);
    }

    private static String text(UnaryOperator<String> parameter, String name) {
        String value = parameter.apply(name);
        return value == null ? "" : value.replace("\r\n", "\n");
    }

    private static void checked(String name, String value) {
        if (value.length() > LONGEST) {
            throw new InvalidDeclarationException(name + " must not have more than " + LONGEST
                    + " characters on this page. amctl impact takes more.");
        }
    }

    boolean isEmpty() {
        return model.isBlank() && writes.isBlank() && deletes.isBlank();
    }

    /** As a call of {@code mcp/impact} has it. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!model.isBlank()) {
            json.put("model", model);
        }
        tuples(writes, "writes", json);
        tuples(deletes, "deletes", json);
        return json;
    }

    private static void tuples(String text, String name, ObjectNode json) {
        if (text.isBlank()) {
            return;
        }
        ArrayNode tuples = json.putArray(name);
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            String[] parts = line.strip().split("[\\s,]+");
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            if (parts.length != 3 || !parts[0].contains(":") || !parts[2].contains(":")) {
                throw new InvalidDeclarationException("Line " + number + " of " + name
                        + " is no tuple. Write user, relation and object, such as: user:alice can_call tool:pay.");
            }
            tuples.addObject().put("user", parts[0]).put("relation", parts[1]).put("object", parts[2]);
            if (tuples.size() > MOST_TUPLES) {
                throw new InvalidDeclarationException(
                        "This page takes " + MOST_TUPLES + " tuples at a time. amctl impact takes more.");
            }
        }
    }
}
