package io.mcpaccess.registry.impact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.openfga.SnapshotSource;
import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.registry.plan.DeclarationReader;
import io.mcpaccess.registry.plan.DeclaredServer;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A change that is tried out: {@code {model?, tuples?, writes?, deletes?, servers?, prune?, force?, settings?, context?, people?,
 * maxTuples?, maxLines?}}, any of them together.
 *
 * @param edit what changes in the engine's store
 * @param servers declared MCP servers, as for a registration
 * @param prune whether registered tools that are not declared go
 * @param force whether a scope that applications hold may open another tool
 * @param settings the engine's settings that change
 * @param context values for conditions; without them what hangs on a condition is said to
 * @param people users by all their names, for another {@code subject}
 * @param mostTuples how many tuples may be read of a server, 1 to 1,000,000
 * @param mostLines how many changes are listed, 1 to 100,000
 */
public record ImpactRequest(
        StoreEdit edit,
        List<DeclaredServer> servers,
        boolean prune,
        boolean force,
        SettingsEdit settings,
        Map<String, Object> context,
        List<Person> people,
        int mostTuples,
        int mostLines) {

    private static final Set<String> MEMBERS = Set.of(
            "model",
            "tuples",
            "writes",
            "deletes",
            "servers",
            "prune",
            "force",
            "settings",
            "context",
            "people",
            "maxTuples",
            "maxLines");
    private static final int MOST_TUPLES = 1_000_000;
    private static final int MOST_LINES = 100_000;

    /** Nothing is null; lists are copied. */
    public ImpactRequest {
        Objects.requireNonNull(edit, "edit");
        servers = List.copyOf(servers);
        Objects.requireNonNull(settings, "settings");
        context = Map.copyOf(context);
        people = List.copyOf(people);
    }

    /**
     * A user by the names that permissions can have him by.
     *
     * @param username his user name
     * @param sub the {@code sub} of his tokens; null where it is not known
     * @param source his identity provider; null where it is not known
     */
    public record Person(String username, String sub, String source) {}

    /**
     * Reads a request.
     *
     * @param json the body
     * @return the change
     * @throws InvalidDeclarationException if it is none; the message names the member
     */
    public static ImpactRequest read(ObjectNode json) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!MEMBERS.contains(name)) {
                throw new InvalidDeclarationException("A change has no '" + name + "'; there are "
                        + String.join(", ", MEMBERS.stream().sorted().toList()) + ".");
            }
        }
        StoreEdit edit = new StoreEdit(
                model(json.path("model")),
                json.hasNonNull("tuples") ? Optional.of(TupleJson.tuples(json, "tuples")) : Optional.empty(),
                TupleJson.tuples(json, "writes"),
                TupleJson.keys(json, "deletes"));
        return new ImpactRequest(
                edit,
                servers(json.path("servers")),
                json.path("prune").asBoolean(),
                json.path("force").asBoolean(),
                SettingsEdit.read(json.path("settings")),
                TupleJson.object(json.path("context"), "context"),
                people(json.path("people")),
                number(json, "maxTuples", SnapshotSource.MOST_TUPLES, MOST_TUPLES),
                number(json, "maxLines", ImpactLimits.LINES, MOST_LINES));
    }

    private static Optional<String> model(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return Optional.empty();
        }
        if (json.isObject()) {
            return Optional.of(json.toString());
        }
        if (!json.isTextual()) {
            throw new InvalidDeclarationException("model must be text in OpenFGA's language, or a JSON object.");
        }
        return Optional.of(json.asText());
    }

    private static List<DeclaredServer> servers(JsonNode json) {
        List<DeclaredServer> servers = new ArrayList<>();
        if (!json.isMissingNode() && !json.isArray()) {
            throw new InvalidDeclarationException("servers must be a list.");
        }
        for (JsonNode server : json) {
            if (!(server instanceof ObjectNode object)) {
                throw new InvalidDeclarationException("servers[" + servers.size() + "] must be an object.");
            }
            servers.add(DeclarationReader.read(object));
        }
        return servers;
    }

    private static List<Person> people(JsonNode json) {
        List<Person> people = new ArrayList<>();
        for (JsonNode person : json) {
            if (!person.path("username").isTextual()) {
                throw new InvalidDeclarationException("people[" + people.size() + "].username must be text.");
            }
            TupleJson.known(person, "people[" + people.size() + "]", "username", "sub", "source");
            people.add(new Person(
                    person.path("username").asText(),
                    person.path("sub").asText(null),
                    person.path("source").asText(null)));
        }
        return people;
    }

    private static int number(ObjectNode json, String member, int usual, int most) {
        JsonNode value = json.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return usual;
        }
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > most) {
            throw new InvalidDeclarationException(member + " must be a number from 1 to " + most + ".");
        }
        return value.asInt();
    }
}
