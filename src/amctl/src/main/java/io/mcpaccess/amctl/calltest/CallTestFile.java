package io.mcpaccess.amctl.calltest;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.ConditionClock;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.Spelling;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.store.StoreFileException;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import io.mcpaccess.openfga.embedded.store.TestedStore;
import io.mcpaccess.openfga.embedded.store.TestedStore.Addition;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file says about tool calls: {@code mcp_servers} or {@code mcp_servers_file}, {@code mcp_client_ids}, {@code mcp_settings}
 * and {@code mcp_tests}, beside a store's model and tuples or with a {@code store_file} that has them.
 *
 * @param store model and tuples
 * @param servers the MCP servers
 * @param settings how the engine is set
 * @param tests the tests, in the file's order
 */
record CallTestFile(TestedStore store, List<McpServer> servers, AccessSettings settings, List<Test> tests) {

    private static final List<String> OWN =
            List.of("mcp_servers", "mcp_servers_file", "mcp_client_ids", "mcp_settings", "mcp_tests");
    private static final List<String> STORE =
            List.of("name", "model", "model_file", "tuples", "tuple_file", "tuple_files", "tests");
    private static final List<String> TEST = List.of("name", "description", "tuples", "calls");
    private static final List<String> CALL =
            List.of("subject", "client", "server", "tool", "scopes", "arguments", "time", "decision", "reason_code");
    private static final List<String> TUPLE = List.of("user", "relation", "object", "condition");

    /** A test with its calls and the tuples that count in it alone. */
    record Test(String name, String description, List<Addition> tuples, List<ExpectedCall> calls) {}

    static CallTestFile read(Path file) throws IOException, TestFileFault {
        PlacedValue root = PlacedValue.of(file, file.getFileName().toString());
        Map<String, PlacedValue> members = root.members("the file");
        boolean isAlone = members.containsKey("store_file");
        List<String> known = new ArrayList<>(OWN);
        known.addAll(isAlone ? List.of("name", "store_file") : STORE);
        members = root.members(isAlone ? "a file with a store_file" : "a store file", known);
        TestedStore store = isAlone ? store(file, members.get("store_file")) : TestedStore.read(file);
        AccessSettings settings = members.containsKey("mcp_settings")
                ? SettingsSection.read(members.get("mcp_settings"))
                : AccessSettings.DEFAULTS;
        List<McpServer> servers = servers(file, root, members);
        List<Test> tests = new ArrayList<>();
        if (members.containsKey("mcp_tests")) {
            for (PlacedValue test : members.get("mcp_tests").list("mcp_tests")) {
                tests.add(test(test, tests.size() + 1, servers));
            }
        }
        return new CallTestFile(store, servers, settings, tests);
    }

    /** Faults of the store file name files as they are seen from the file of tests. */
    private static TestedStore store(Path file, PlacedValue named) throws IOException, TestFileFault {
        String name = named.text("store_file");
        try {
            return TestedStore.read(file.resolveSibling(name));
        } catch (StoreFileException e) {
            Place place = e.place();
            String message = e.getMessage().replace(place + ": ", "");
            String seen = Path.of(name).resolveSibling(place.file()).toString();
            throw new TestFileFault(new Place(seen, place.line(), place.column()), message);
        } catch (NoSuchFileException e) {
            throw named.fault("there is no file \"" + name + "\", seen from this one");
        }
    }

    private static List<McpServer> servers(Path file, PlacedValue root, Map<String, PlacedValue> members)
            throws IOException, TestFileFault {
        Map<String, String> clientIds = new LinkedHashMap<>();
        if (members.containsKey("mcp_client_ids")) {
            for (Map.Entry<String, PlacedValue> each :
                    members.get("mcp_client_ids").members("mcp_client_ids").entrySet()) {
                clientIds.put(each.getKey(), each.getValue().text("a client id"));
            }
        }
        ServersSection section = new ServersSection(clientIds);
        PlacedValue named = members.get("mcp_servers_file");
        if (members.containsKey("mcp_servers") == (named != null)) {
            throw root.fault("mcp_tests need the servers: give either mcp_servers or mcp_servers_file");
        }
        if (named == null) {
            return section.read(members.get("mcp_servers"));
        }
        try {
            PlacedValue declared =
                    PlacedValue.of(file.resolveSibling(named.text("mcp_servers_file")), named.text("mcp_servers_file"));
            return section.read(declared.required(
                    declared.members("a file of servers", List.of("servers")), "servers", "the file"));
        } catch (NoSuchFileException e) {
            throw named.fault("there is no file \"" + named.text("mcp_servers_file") + "\", seen from this one");
        }
    }

    private static Test test(PlacedValue value, int number, List<McpServer> servers) throws TestFileFault {
        Map<String, PlacedValue> members = value.members("a test", TEST);
        String name = members.containsKey("name") ? members.get("name").text("the name of a test") : "test " + number;
        String description =
                members.containsKey("description") ? members.get("description").text("description") : "";
        List<Addition> tuples = new ArrayList<>();
        if (members.containsKey("tuples")) {
            for (PlacedValue each : members.get("tuples").list("tuples")) {
                tuples.add(new Addition(tuple(each), each.place()));
            }
        }
        List<ExpectedCall> calls = new ArrayList<>();
        if (members.containsKey("calls")) {
            for (PlacedValue each : members.get("calls").list("calls")) {
                calls.add(call(each, servers));
            }
        }
        if (calls.isEmpty()) {
            throw value.fault("the test \"" + name + "\" expects nothing; give it calls");
        }
        return new Test(name, description, tuples, calls);
    }

    private static StoredTuple tuple(PlacedValue value) throws TestFileFault {
        Map<String, PlacedValue> members = value.members("a tuple", TUPLE);
        TupleKey key = new TupleKey(
                value.required(members, "user", "the tuple").text("user"),
                value.required(members, "relation", "the tuple").text("relation"),
                value.required(members, "object", "the tuple").text("object"));
        if (!members.containsKey("condition")) {
            return new StoredTuple(key, Optional.empty());
        }
        PlacedValue condition = members.get("condition");
        Map<String, PlacedValue> parts = condition.members("a condition", List.of("name", "context"));
        return new StoredTuple(
                key,
                Optional.of(new StoredTuple.Condition(
                        condition.required(parts, "name", "the condition").text("name"),
                        parts.containsKey("context") ? values(parts.get("context"), "the context") : Map.of())));
    }

    private static Map<String, Object> values(PlacedValue value, String what) throws TestFileFault {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, PlacedValue> member : value.members(what).entrySet()) {
            values.put(member.getKey(), member.getValue().any());
        }
        return values;
    }

    private static ExpectedCall call(PlacedValue value, List<McpServer> servers) throws TestFileFault {
        Map<String, PlacedValue> members = value.members("a call", CALL);
        PlacedValue subject = value.required(members, "subject", "the call");
        String who = subject.text("subject");
        if (!who.matches("(?s)(user|application|agent):.+")) {
            throw subject.fault("subject is user:NAME, application:NAME or agent:NAME");
        }
        PlacedValue scopes = members.get("scopes");
        PlacedValue arguments = members.get("arguments");
        Map<String, Object> given = arguments == null ? Map.of() : values(arguments, "arguments");
        if (given.containsKey(ConditionClock.CURRENT_TIME)) {
            throw arguments.fault("current_time is the engine's to say: give the call a time");
        }
        Optional<Boolean> decision = members.containsKey("decision")
                ? Optional.of(members.get("decision").flag("decision"))
                : Optional.empty();
        Optional<ReasonCode> reason = reason(members.get("reason_code"));
        if (decision.isEmpty() && reason.isEmpty()) {
            throw value.fault("the call expects nothing: give it a decision, a reason_code or both");
        }
        Optional<Set<String>> held =
                scopes == null ? Optional.empty() : Optional.of(new HashSet<>(scopes.texts("scopes")));
        return new ExpectedCall(
                who.substring(0, who.indexOf(':')),
                Identifiers.decode(who.substring(who.indexOf(':') + 1)),
                members.containsKey("client")
                        ? Optional.of(members.get("client").text("client"))
                        : Optional.empty(),
                server(value.required(members, "server", "the call"), servers),
                value.required(members, "tool", "the call").text("tool"),
                held,
                given,
                time(members.get("time")),
                decision,
                reason,
                value.place());
    }

    private static McpServer server(PlacedValue value, List<McpServer> servers) throws TestFileFault {
        String name = value.text("server");
        Optional<McpServer> found =
                servers.stream().filter(each -> each.name().equals(name)).findFirst();
        return found.orElseThrow(() -> value.fault("there is no server " + name + "; there are "
                + String.join(", ", servers.stream().map(McpServer::name).toList())));
    }

    private static Optional<Instant> time(PlacedValue value) throws TestFileFault {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(value.text("time")).toInstant());
        } catch (DateTimeParseException e) {
            throw value.fault("time is a moment such as 2026-06-01T09:00:00Z");
        }
    }

    private static Optional<ReasonCode> reason(PlacedValue value) throws TestFileFault {
        if (value == null) {
            return Optional.empty();
        }
        String name = value.text("reason_code");
        Optional<ReasonCode> reason = ReasonCode.named(name);
        if (reason.isEmpty()) {
            List<String> all =
                    Arrays.stream(ReasonCode.values()).map(ReasonCode::wireName).toList();
            throw value.fault("there is no reason_code " + name
                    + Spelling.nearest(name, all)
                            .map(near -> "; \"" + near + "\" may be meant")
                            .orElse("; there are " + String.join(", ", all)));
        }
        return reason;
    }
}
