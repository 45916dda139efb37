package io.mcpaccess.sandbox.management.am;

import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.Change;
import io.mcpaccess.sandbox.data.FlowRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.shared.EventBus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * AM's FlowService (io.gravitee.am.service.impl.FlowServiceImpl) for the flows of a domain: a list holds an empty flow without
 * id for each type that has none; writing a list creates what has no known id, changes the rest, and deletes what is missing.
 */
public final class FlowService {
    /** io.gravitee.am.model.flow.Type, in its order. */
    public static final List<String> TYPES = List.of(
            "ROOT",
            "LOGIN_IDENTIFIER",
            "LOGIN",
            "CONNECT",
            "CONSENT",
            "REGISTER",
            "RESET_PASSWORD",
            "REGISTRATION_CONFIRMATION",
            "TOKEN",
            "WEBAUTHN_REGISTER",
            "MFA_CHALLENGE",
            "MFA_ENROLLMENT");

    private static final Comparator<FlowRow> ORDER =
            Comparator.<FlowRow>comparingInt(flow -> TYPES.indexOf(flow.type())).thenComparingInt(FlowRow::order);

    private final Tables tables;
    private final EventBus events;
    private final Clock clock;

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     * @param events tells the gateways
     * @param clock stamps rows
     */
    public FlowService(Tables tables, EventBus events, Clock clock) {
        this.tables = tables;
        this.events = events;
        this.clock = clock;
    }

    /** The flows of a domain, an empty one for each type that has none. */
    public List<FlowRow> list(String domain) {
        List<FlowRow> flows = new ArrayList<>(stored(domain));
        Set<String> known = flows.stream().map(FlowRow::type).collect(Collectors.toSet());
        TYPES.stream().filter(type -> !known.contains(type)).forEach(type -> flows.add(empty(domain, type)));
        flows.sort(ORDER);
        return flows;
    }

    /**
     * Makes a domain's flows what the list says.
     *
     * @param domain the domain
     * @param flows the flows in their order; one without id is new
     * @return the flows as they are now
     */
    public synchronized List<FlowRow> write(String domain, List<FlowRow> flows) {
        Map<String, FlowRow> known =
                stored(domain).stream().collect(Collectors.toMap(FlowRow::id, Function.identity()));
        Set<String> ids = new HashSet<>();
        for (FlowRow flow : flows) {
            FlowRow before = known.get(flow.id());
            if (flow.id() != null && !ids.add(flow.id())) {
                throw new ManagementFailure(400, "Multiple flows have the same Id");
            }
            if (before != null && !before.type().equals(flow.type())) {
                throw new ManagementFailure(400, "Type of flow '" + flow.name() + "' can't be updated");
            }
        }
        Map<String, Integer> orders = new HashMap<>();
        List<FlowRow> written = new ArrayList<>();
        for (FlowRow flow : flows) {
            int order = orders.merge(flow.type(), 1, Integer::sum) - 1;
            written.add(save(domain, flow, Optional.ofNullable(known.remove(flow.id())), order));
        }
        known.values().forEach(gone -> {
            tables.flows().take(gone.id());
            publish(Change.Action.DELETE, gone);
        });
        written.sort(ORDER);
        return written;
    }

    private FlowRow save(String domain, FlowRow flow, Optional<FlowRow> before, int order) {
        long now = clock.millis();
        FlowRow row = tables.flows()
                .save(new FlowRow(
                        flow.id() == null ? UUID.randomUUID().toString() : flow.id(),
                        domain,
                        order,
                        flow.type(),
                        flow.name(),
                        flow.condition(),
                        flow.enabled(),
                        flow.pre(),
                        flow.type().equals("ROOT") ? List.of() : flow.post(),
                        before.map(FlowRow::createdAt).orElse(now),
                        now));
        publish(before.isPresent() ? Change.Action.UPDATE : Change.Action.CREATE, row);
        return row;
    }

    private List<FlowRow> stored(String domain) {
        return tables.flows().where(row -> row.domain().equals(domain)).toList();
    }

    private static FlowRow empty(String domain, String type) {
        String name = type.equals("ROOT") ? "ALL" : type.replace('_', ' ');
        return new FlowRow(null, domain, 0, type, name, null, true, null, null, 0, 0);
    }

    private void publish(Change.Action action, FlowRow row) {
        events.publish(Change.TOPIC, new Change(Change.Type.FLOW, action, row.domain(), row.id()).message());
    }
}
