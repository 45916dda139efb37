package io.mcpaccess.registry.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.core.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Members of JSON from outside that mean nothing: a misspelt condition would be one that is not there. */
public final class KnownMembers {

    private KnownMembers() {}

    /**
     * Looks for the first member that there is not.
     *
     * @param json an object; anything else has no members
     * @param what how a message calls it, at the beginning of a sentence
     * @param members those that there are
     * @return what is wrong, without a full stop; empty where nothing is
     */
    public static Optional<String> fault(JsonNode json, String what, String... members) {
        return names(json)
                .filter(name -> !List.of(members).contains(name))
                .findFirst()
                .map(name -> what + " has no '" + Printable.text(name) + "'; there are " + String.join(", ", members));
    }

    private static Stream<String> names(JsonNode json) {
        Iterable<String> names = json::fieldNames;
        return StreamSupport.stream(names.spliterator(), false);
    }
}
