package io.mcpaccess.core.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The entities of a request or of one of its items, each checked when it is read.
 *
 * @param own the members of the item itself
 * @param defaults the members of the batch, or {@code null} outside a batch
 */
record Entities(ObjectNode own, ObjectNode defaults) {

    private static final ObjectReader OBJECT = new ObjectMapper().readerForMapOf(Object.class);

    EvaluationRequest question() {
        return new EvaluationRequest(subject(), action(), resource(), context());
    }

    Subject subject() {
        ObjectNode subject = entity("subject");
        return new Subject(
                text(subject, "subject", "type"), text(subject, "subject", "id"), properties(subject, "subject"));
    }

    Action action() {
        ObjectNode action = entity("action");
        return new Action(text(action, "action", "name"), properties(action, "action"));
    }

    Resource resource() {
        ObjectNode resource = entity("resource");
        return new Resource(
                text(resource, "resource", "type"), text(resource, "resource", "id"), properties(resource, "resource"));
    }

    String typeOf(String name) {
        return text(entity(name), name, "type");
    }

    Map<String, Object> propertiesOf(String name) {
        return properties(entity(name), name);
    }

    Map<String, Object> context() {
        return object(member("context"), "context");
    }

    PageRequest page() {
        JsonNode page = own.path("page");
        if (absent(page)) {
            return PageRequest.WHOLE;
        }
        if (!page.isObject()) {
            throw new MalformedRequestException("page must be an object.");
        }
        return new PageRequest(token(page.path("token")), limit(page.path("limit")));
    }

    private static Optional<String> token(JsonNode token) {
        if (absent(token)) {
            return Optional.empty();
        }
        if (!token.isTextual()) {
            throw new MalformedRequestException("page.token must be a string.");
        }
        return Optional.of(token.textValue()).filter(text -> !text.isEmpty());
    }

    private static OptionalInt limit(JsonNode limit) {
        if (absent(limit)) {
            return OptionalInt.empty();
        }
        if (!limit.isInt() || limit.intValue() < 0) {
            throw new MalformedRequestException("page.limit must be a whole number that is not negative.");
        }
        return OptionalInt.of(limit.intValue());
    }

    private ObjectNode entity(String name) {
        JsonNode value = member(name);
        if (absent(value)) {
            throw new MalformedRequestException(name + " is missing.");
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedRequestException(name + " must be an object.");
    }

    /** An entity of an item replaces the batch's default whole; members are never merged (section 7.1.1). */
    private JsonNode member(String name) {
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

    private static Map<String, Object> properties(ObjectNode entity, String owner) {
        return object(entity.path("properties"), owner + ".properties");
    }

    private static Map<String, Object> object(JsonNode value, String name) {
        if (absent(value)) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw new MalformedRequestException(name + " must be an object.");
        }
        try {
            return OBJECT.readValue(value);
        } catch (IOException e) {
            throw new UncheckedIOException("A JSON object is always a map", e);
        }
    }

    static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
