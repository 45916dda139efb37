package io.mcpaccess.registry.map;

import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.FoundUsers;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.am.DomainApplication;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.plan.ToolNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Reads the map from AM and the engine. The engine is asked about the tools of the page alone, a few at a time.
 *
 * <p>AM lets every application of a domain ask for a tool's scopes once it names the server in {@code resource}; so all of
 * them stand in the map, unless the engine's settings want applications to hold a relation of their own.
 */
public final class AccessMap {

    private static final int AT_ONCE = 8;
    private static final Subject ANY_USER = Subject.of("user", "any");
    private static final Subject ANY_APPLICATION = Subject.of("application", "any");

    private final AmDomains domains;
    private final EngineView engine;
    private final MapQuestions questions;

    /**
     * A map of one engine's domain.
     *
     * @param domains reads AM
     * @param engine the engine
     */
    public AccessMap(AmDomains domains, EngineView engine) {
        this.domains = domains;
        this.engine = engine;
        this.questions = new MapQuestions(engine);
    }

    /** A tool and the server that has it. */
    private record Place(RegisteredServer server, RegisteredTool tool) {}

    /**
     * Who may call what.
     *
     * @param domainId the domain
     * @param query which part
     * @return tools with scopes, applications and users
     */
    public MapPage<ToolAccess> tools(String domainId, MapQuery query) {
        List<RegisteredServer> servers = domains.servers(domainId);
        Set<String> shared = ToolNames.of(engine.access()).ambiguous(servers);
        List<DomainApplication> applications = domains.applications(domainId);
        List<Place> found = found(servers, query);
        List<ToolAccess> rows = new ArrayList<>();
        List<Place> page = slice(found, query);
        for (int start = 0; start < page.size(); start += AT_ONCE) {
            List<Place> some = page.subList(start, Math.min(page.size(), start + AT_ONCE));
            List<Optional<CompletionStage<FoundUsers>>> users =
                    some.stream().map(place -> ask(place, ANY_USER)).toList();
            List<Optional<CompletionStage<FoundUsers>>> holders = some.stream()
                    .map(place -> engine.access().checkClient() ? ask(place, ANY_APPLICATION) : noQuestion())
                    .toList();
            for (int i = 0; i < some.size(); i++) {
                rows.add(row(some.get(i), users.get(i), holders.get(i), applications, shared));
            }
        }
        return new MapPage<>(rows, found.size(), query);
    }

    private static Optional<CompletionStage<FoundUsers>> noQuestion() {
        return Optional.empty();
    }

    private Optional<CompletionStage<FoundUsers>> ask(Place place, Subject any) {
        return question(any, place).map(question -> engine.holders(question, any.type()));
    }

    private Optional<PermissionQuestion> question(Subject subject, Place place) {
        String server = place.server().clientId();
        String tool = place.tool().key();
        return isCheckedClient(subject) ? questions.use(subject, server, tool) : questions.call(subject, server, tool);
    }

    private boolean isCheckedClient(Subject subject) {
        return engine.access().checkClient() && ANY_APPLICATION.type().equals(subject.type());
    }

    private ToolAccess row(
            Place place,
            Optional<CompletionStage<FoundUsers>> users,
            Optional<CompletionStage<FoundUsers>> holders,
            List<DomainApplication> applications,
            Set<String> shared) {
        return new ToolAccess(
                place.server().name(),
                place.server().clientId(),
                place.tool().key(),
                place.tool().description(),
                place.tool().scopes(),
                engine.access().checkClient() ? holding(applications, holders) : applications,
                shared.contains(place.tool().key())
                        ? ToolAccess.Users.none(ReasonCode.TOOL_AMBIGUOUS.wireName(), false)
                        : users(users));
    }

    private static ToolAccess.Users users(Optional<CompletionStage<FoundUsers>> asked) {
        if (asked.isEmpty()) {
            return ToolAccess.Users.none(ReasonCode.INVALID_IDENTIFIER.wireName(), false);
        }
        try {
            FoundUsers found = EngineAnswers.get(asked.get());
            return new ToolAccess.Users(ids(found.users()), found.everyone(), found.truncated(), Optional.empty());
        } catch (RegistryException e) {
            return ToolAccess.Users.none(ReasonCode.ENGINE_UNAVAILABLE.wireName(), true);
        }
    }

    /** An engine that does not answer lets no application through, so none is shown. */
    private static List<DomainApplication> holding(
            List<DomainApplication> applications, Optional<CompletionStage<FoundUsers>> asked) {
        if (asked.isEmpty()) {
            return List.of();
        }
        try {
            FoundUsers found = EngineAnswers.get(asked.get());
            Set<String> ids = new HashSet<>(ids(found.users()));
            return applications.stream()
                    .filter(application -> found.everyone() || ids.contains(application.clientId()))
                    .toList();
        } catch (RegistryException e) {
            return List.of();
        }
    }

    private static List<String> ids(List<String> users) {
        return users.stream()
                .map(user -> Identifiers.decode(user.substring(user.indexOf(':') + 1)))
                .sorted()
                .toList();
    }

    /**
     * What one subject may call.
     *
     * @param domainId the domain
     * @param subject who
     * @param query which part
     * @param explain whether refusals are explained, where the engine can
     * @return tools with decisions
     */
    public MapPage<ToolDecision> decisions(String domainId, Subject subject, MapQuery query, boolean explain) {
        List<RegisteredServer> servers = domains.servers(domainId);
        Set<String> shared = ToolNames.of(engine.access()).ambiguous(servers);
        List<Place> found = found(servers, query);
        List<Place> page = slice(found, query);
        List<Optional<PermissionQuestion>> asked =
                page.stream().map(place -> question(subject, place)).toList();
        List<PermissionQuestion> all = asked.stream().flatMap(Optional::stream).toList();
        List<CheckResult> results =
                all.isEmpty() ? List.of() : EngineAnswers.get(engine.checks().checkAll(all, CallContext.none()));
        List<ToolDecision> rows = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < page.size(); i++) {
            Optional<CheckResult> result =
                    asked.get(i).isPresent() ? Optional.of(results.get(next++)) : Optional.empty();
            rows.add(decision(subject, page.get(i), result, shared));
        }
        return new MapPage<>(
                explain ? new RefusalReasons(engine.explainer()).added(rows, asked) : rows, found.size(), query);
    }

    private ToolDecision decision(Subject subject, Place place, Optional<CheckResult> result, Set<String> shared) {
        boolean allowed = false;
        String reason;
        if (shared.contains(place.tool().key())) {
            reason = ReasonCode.TOOL_AMBIGUOUS.wireName();
        } else if (result.isEmpty()) {
            reason = ReasonCode.INVALID_IDENTIFIER.wireName();
        } else {
            allowed = result.get().isAllowed();
            boolean clientDenied = isCheckedClient(subject)
                    && ReasonCode.PERMISSION_DENIED
                            .wireName()
                            .equals(result.get().reasonCode());
            reason = clientDenied
                    ? ReasonCode.CLIENT_NOT_ALLOWED.wireName()
                    : result.get().reasonCode();
        }
        return new ToolDecision(
                place.server().name(),
                place.server().clientId(),
                place.tool().key(),
                place.tool().scopes(),
                allowed,
                reason,
                Optional.empty());
    }

    private static List<Place> found(List<RegisteredServer> servers, MapQuery query) {
        Comparator<Place> byServer =
                Comparator.comparing(place -> place.server().name());
        Comparator<Place> byTool = Comparator.comparing(place -> place.tool().key());
        Comparator<Place> byScopes =
                Comparator.comparing(place -> String.join(" ", place.tool().scopes()));
        Comparator<Place> order = switch (query.sort()) {
            case SERVER -> byServer.thenComparing(byTool);
            case TOOL -> byTool.thenComparing(byServer);
            case SCOPES -> byScopes.thenComparing(byServer).thenComparing(byTool);
        };
        return servers.stream()
                .flatMap(server -> server.tools().stream().map(tool -> new Place(server, tool)))
                .filter(place -> matches(place, query))
                .sorted(query.descending() ? order.reversed() : order)
                .toList();
    }

    private static boolean matches(Place place, MapQuery query) {
        if (query.tool().filter(key -> !key.equals(place.tool().key())).isPresent()) {
            return false;
        }
        return ToolFilter.matches(query.filter(), place.server(), place.tool());
    }

    private static List<Place> slice(List<Place> places, MapQuery query) {
        int from = Math.min(query.offset(), places.size());
        int to = query.size() == 0 ? places.size() : Math.min(places.size(), from + query.size());
        return places.subList(from, to);
    }
}
