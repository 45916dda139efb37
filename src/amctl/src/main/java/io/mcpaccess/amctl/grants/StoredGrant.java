package io.mcpaccess.amctl.grants;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A tuple of a store as a grant.
 *
 * @param tuple as the store has it
 */
public record StoredGrant(JsonNode tuple) {

    /**
     * Its user, relation or object.
     *
     * @param member which
     * @return the text
     */
    public String text(String member) {
        return tuple.path(member).asText();
    }

    /**
     * Whether it is the tuple of these three.
     *
     * @param user the user
     * @param relation the relation
     * @param object the object
     * @return whether all are equal
     */
    public boolean is(String user, String relation, String object) {
        return text("user").equals(user)
                && text("relation").equals(relation)
                && text("object").equals(object);
    }

    /**
     * Until when it holds: the one moment that its condition keeps.
     *
     * @return the moment; empty where it keeps none, or several
     */
    public Optional<Instant> until() {
        Instant found = null;
        for (JsonNode value : tuple.path("condition").path("context")) {
            try {
                if (value.isTextual() && value.asText().matches("\\d{4}-\\d{2}-\\d{2}T.*")) {
                    if (found != null) {
                        return Optional.empty();
                    }
                    found = OffsetDateTime.parse(value.asText()).toInstant();
                }
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * Whether its time is over.
     *
     * @param now what time it is
     * @return whether it kept a moment that is not to come
     */
    public boolean isExpired(Instant now) {
        return until().filter(moment -> !moment.isAfter(now)).isPresent();
    }

    /**
     * In words.
     *
     * @return user, relation and object, and the condition with what it keeps
     */
    public String words() {
        StringJoiner words = new StringJoiner(" ");
        words.add(text("user")).add(text("relation")).add(text("object"));
        JsonNode condition = tuple.path("condition");
        if (condition.hasNonNull("name")) {
            words.add("with").add(condition.path("name").asText());
            condition
                    .path("context")
                    .properties()
                    .forEach(value -> words.add(value.getKey() + "="
                            + (value.getValue().isValueNode()
                                    ? value.getValue().asText()
                                    : value.getValue().toString())));
        }
        return words.toString();
    }
}
