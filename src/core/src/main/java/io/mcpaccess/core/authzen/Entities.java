package io.mcpaccess.core.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

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
    private final Map<String, Object> made = new HashMap<>();
    private final Map<String, Integer> weights = new HashMap<>();

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
        for (String part : PARTS) {
            weight += isDefault(part) ? defaults.weightOf(part) : weightOf(part);
        }
        return weight;
    }

    private int weightOf(String part) {
        return weights.computeIfAbsent(part, name -> Weight.of(own.path(name), "access_token"));
    }

    Subject subject() {
        return shared("subject", Entities::subject, () -> {
            ObjectNode subject = entity("subject");
            return new Subject(
                    text(subject, "subject", "type"), text(subject, "subject", "id"), properties(subject, "subject"));
        });
    }

    Action action() {
        return shared("action", Entities::action, () -> {
            ObjectNode action = entity("action");
            return new Action(text(action, "action", "name"), properties(action, "action"));
        });
    }

    Resource resource() {
        return shared("resource", Entities::resource, () -> {
            ObjectNode resource = entity("resource");
            return new Resource(
                    text(resource, "resource", "type"),
                    text(resource, "resource", "id"),
                    properties(resource, "resource"));
        });
    }

    /** An entity of an item replaces the batch's default whole; members are never merged (section 7.1.1). */
    private boolean isDefault(String name) {
        return defaults != null && !own.has(name);
    }

    /** The name is made once a request; the map has one type of value for each name. */
    @SuppressWarnings("unchecked")
    private <T> T shared(String name, Function<Entities, T> ofDefaults, Supplier<T> make) {
        if (isDefault(name)) {
            return ofDefaults.apply(defaults);
        }
        Object known = made.get(name);
        if (known == null) {
            known = make.get();
            made.put(name, known);
        }
        return (T) known;
    }

    String typeOf(String name) {
        return text(entity(name), name, "type");
    }

    Map<String, Object> propertiesOf(String name) {
        return properties(entity(name), name);
    }

    Map<String, Object> context() {
        return shared("context", Entities::context, () -> FrozenObject.of(object(own.path("context"), "context")));
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
            throw new MalformedRequestException(name + " could not be read.");
        }
    }

    static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
