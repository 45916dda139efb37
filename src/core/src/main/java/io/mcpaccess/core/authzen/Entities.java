package io.mcpaccess.core.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The entities of a request or of one of its items, each checked when it is read. What a batch gives all its items is made
 * once and shared by them.
 *
 * <p>For one thread.
 */
final class Entities {

    private static final ObjectReader OBJECT = new ObjectMapper().readerForMapOf(Object.class);
    private static final List<String> PARTS = List.of("subject", "action", "resource", "context");

    private final ObjectNode own;
    private final Entities defaults;
    private Subject subject;
    private Action action;
    private Resource resource;
    private Map<String, Object> context;

    /** Of the own parts, once somebody has asked for them as defaults. */
    private int[] weights;

    /**
     * Reads a whole request, or the defaults of a batch.
     *
     * @param own its members
     */
    Entities(ObjectNode own) {
        this(own, null);
    }

    /**
     * Reads an item of a batch.
     *
     * @param own the members of the item itself
     * @param defaults the batch, or {@code null} outside a batch
     */
    Entities(ObjectNode own, Entities defaults) {
        this.own = own;
        this.defaults = defaults;
    }

    EvaluationRequest question() {
        return new EvaluationRequest(subject(), action(), resource(), context());
    }

    /** What a question weighs, its access token left out: that goes no further than the token layers. */
    int weight() {
        int weight = 0;
        for (int i = 0; i < PARTS.size(); i++) {
            String part = PARTS.get(i);
            weight += isDefault(part) ? defaults.knownWeights()[i] : weightOf(part);
        }
        return weight;
    }

    private int[] knownWeights() {
        if (weights == null) {
            weights = PARTS.stream().mapToInt(this::weightOf).toArray();
        }
        return weights;
    }

    private int weightOf(String part) {
        return Weight.of(own.path(part), "access_token");
    }

    Subject subject() {
        if (isDefault("subject")) {
            return defaults.subject();
        }
        if (subject == null) {
            ObjectNode read = entity("subject");
            subject = new Subject(
                    text(read, "subject", "type"), text(read, "subject", "id"), properties(read, "subject"));
        }
        return subject;
    }

    Action action() {
        if (isDefault("action")) {
            return defaults.action();
        }
        if (action == null) {
            ObjectNode read = entity("action");
            action = new Action(text(read, "action", "name"), properties(read, "action"));
        }
        return action;
    }

    Resource resource() {
        if (isDefault("resource")) {
            return defaults.resource();
        }
        if (resource == null) {
            ObjectNode read = entity("resource");
            resource = new Resource(
                    text(read, "resource", "type"), text(read, "resource", "id"), properties(read, "resource"));
        }
        return resource;
    }

    /** An entity of an item replaces the batch's default whole; members are never merged (section 7.1.1). */
    private boolean isDefault(String name) {
        return defaults != null && !own.has(name);
    }

    String typeOf(String name) {
        return text(entity(name), name, "type");
    }

    Map<String, Object> propertiesOf(String name) {
        return properties(entity(name), name);
    }

    Map<String, Object> context() {
        if (isDefault("context")) {
            return defaults.context();
        }
        if (context == null) {
            context = FrozenObject.of(object(own.path("context"), "context"));
        }
        return context;
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
        JsonNode value = own.path(name);
        if (absent(value)) {
            throw new MalformedRequestException(name + " is missing.");
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedRequestException(name + " must be an object.");
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
        JsonNode properties = entity.path("properties");
        return absent(properties) ? Map.of() : object(properties, owner + ".properties");
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
            throw new MalformedRequestException(name + " could not be read.");
        }
    }

    static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
