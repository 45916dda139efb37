package io.mcpaccess.sandbox.am;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourcePrimaryData;
import io.gravitee.am.model.ProtectedResourceSecret;
import io.gravitee.am.service.ProtectedResourceService;
import io.gravitee.am.service.model.NewMcpTool;
import io.gravitee.am.service.model.NewProtectedResource;
import io.gravitee.am.service.model.NewProtectedResourceFeature;
import io.gravitee.am.service.model.PatchProtectedResource;
import io.gravitee.am.service.model.UpdateMcpTool;
import io.gravitee.am.service.model.UpdateProtectedResource;
import io.gravitee.am.service.model.UpdateProtectedResourceFeature;
import io.mcpaccess.sandbox.data.Change;
import io.mcpaccess.sandbox.data.ProtectedResourceRow;
import io.mcpaccess.sandbox.data.SecretRow;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.ToolRow;
import io.mcpaccess.sandbox.shared.EventBus;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * AM's ProtectedResourceService: identifiers trimmed, lower-cased and unique in the domain; create checks neither keys nor
 * scopes, update and patch do; every change is an event for the gateways.
 */
public final class TableProtectedResourceService implements ProtectedResourceService {
    private final Tables tables;
    private final EventBus events;
    private final Clock clock;
    private final AtomicInteger failures;

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     * @param events tells the gateways
     * @param clock stamps rows
     */
    public TableProtectedResourceService(Tables tables, EventBus events, Clock clock) {
        this(tables, events, clock, 0);
    }

    /**
     * Makes a service that fails first, for tests of what happens then.
     *
     * @param tables the shared tables
     * @param events tells the gateways
     * @param clock stamps rows
     * @param failures how many creations fail, as if the database were away
     */
    TableProtectedResourceService(Tables tables, EventBus events, Clock clock, int failures) {
        this.tables = tables;
        this.events = events;
        this.clock = clock;
        this.failures = new AtomicInteger(failures);
    }

    @Override
    public Maybe<ProtectedResource> findById(String id) {
        return Maybe.defer(() -> tables.protectedResources()
                .find(id)
                .map(AmModels::protectedResource)
                .map(Maybe::just)
                .orElseGet(Maybe::empty));
    }

    @Override
    public Flowable<ProtectedResource> findByDomain(String domain) {
        return Flowable.defer(() -> Flowable.fromStream(tables.protectedResources()
                .where(row -> row.domain().equals(domain))
                .map(AmModels::protectedResource)));
    }

    @Override
    public Single<ProtectedResourceSecret> create(Domain domain, User principal, NewProtectedResource resource) {
        return Single.fromCallable(() -> create(domain.getId(), resource));
    }

    @Override
    public Single<ProtectedResourcePrimaryData> update(
            Domain domain, String id, UpdateProtectedResource update, User principal) {
        return Single.fromCallable(() -> change(
                domain.getId(),
                id,
                row -> new Wanted(
                        update.getName(),
                        update.getDescription(),
                        Optional.ofNullable(update.getResourceIdentifiers()).orElse(row.resourceIdentifiers()),
                        Optional.ofNullable(update.getFeatures()).orElse(List.of()))));
    }

    @Override
    public Single<ProtectedResourcePrimaryData> patch(
            Domain domain, String id, PatchProtectedResource patch, User principal) {
        return Single.fromCallable(() -> change(
                domain.getId(),
                id,
                row -> new Wanted(
                        patched(patch.getName(), row.name()),
                        patched(patch.getDescription(), row.description()),
                        patched(patch.getResourceIdentifiers(), row.resourceIdentifiers()),
                        patched(patch.getFeatures(), null))));
    }

    @Override
    public Completable delete(Domain domain, String id, ProtectedResource.Type type, User principal) {
        return Completable.fromAction(() -> {
            existing(domain.getId(), id);
            tables.protectedResources().take(id);
            publish(Change.Action.DELETE, domain.getId(), id);
        });
    }

    private ProtectedResourceSecret create(String domain, NewProtectedResource resource) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ManagementFailure(500, "An error occurs while trying to create protected resource");
        }
        List<String> identifiers = normal(resource.getResourceIdentifiers());
        String id = UUID.randomUUID().toString();
        requireFreeIdentifiers(domain, id, identifiers);
        String clientId = Optional.ofNullable(resource.getClientId())
                .filter(given -> !given.isBlank())
                .orElseGet(() -> UUID.randomUUID().toString());
        requireFreeClientId(domain, clientId);
        String secret = Optional.ofNullable(resource.getClientSecret())
                .filter(given -> !given.isBlank())
                .orElseGet(() -> UUID.randomUUID().toString());
        long now = clock.millis();
        List<ToolRow> tools = Optional.ofNullable(resource.getFeatures()).orElse(List.of()).stream()
                .map(feature -> tool(feature, now))
                .sorted(Comparator.comparing(ToolRow::key))
                .toList();
        tables.protectedResources()
                .save(new ProtectedResourceRow(
                        id,
                        domain,
                        resource.getName(),
                        resource.getDescription(),
                        clientId,
                        List.of(new SecretRow(UUID.randomUUID().toString(), Secrets.hash(secret), null)),
                        identifiers,
                        tools,
                        now,
                        now));
        publish(Change.Action.CREATE, domain, id);
        ProtectedResourceSecret created = new ProtectedResourceSecret();
        created.setId(id);
        created.setName(resource.getName());
        created.setClientId(clientId);
        created.setClientSecret(secret);
        return created;
    }

    private ProtectedResourcePrimaryData change(
            String domain, String id, Function<ProtectedResourceRow, Wanted> change) {
        ProtectedResourceRow row = existing(domain, id);
        Wanted wanted = change.apply(row);
        List<String> identifiers = normal(wanted.identifiers());
        requireFreeIdentifiers(domain, id, identifiers);
        List<ToolRow> tools = wanted.features() == null ? row.tools() : tools(row, wanted.features());
        requireScopes(domain, tools);
        ProtectedResourceRow saved = tables.protectedResources()
                .save(new ProtectedResourceRow(
                        id,
                        domain,
                        wanted.name(),
                        wanted.description(),
                        row.clientId(),
                        row.secrets(),
                        identifiers,
                        tools,
                        row.createdAt(),
                        clock.millis()));
        publish(Change.Action.UPDATE, domain, id);
        return ProtectedResourcePrimaryData.of(AmModels.protectedResource(saved));
    }

    private List<ToolRow> tools(ProtectedResourceRow row, List<UpdateProtectedResourceFeature> features) {
        var createdAt = row.tools().stream().collect(Collectors.toMap(ToolRow::key, ToolRow::createdAt, (a, b) -> a));
        long now = clock.millis();
        Set<String> keys = new HashSet<>();
        return features.stream()
                .map(feature -> {
                    String key = feature.getKey().trim();
                    if (!keys.add(key)) {
                        throw new ManagementFailure(400, "Duplicate feature keys: " + key);
                    }
                    List<String> scopes = feature instanceof UpdateMcpTool tool && tool.getScopes() != null
                            ? List.copyOf(tool.getScopes())
                            : List.of();
                    return new ToolRow(key, feature.getDescription(), scopes, createdAt.getOrDefault(key, now), now);
                })
                .sorted(Comparator.comparing(ToolRow::key))
                .toList();
    }

    private static ToolRow tool(NewProtectedResourceFeature feature, long now) {
        List<String> scopes = feature instanceof NewMcpTool tool && tool.getScopes() != null
                ? List.copyOf(tool.getScopes())
                : List.of();
        return new ToolRow(feature.getKey(), feature.getDescription(), scopes, now, now);
    }

    private ProtectedResourceRow existing(String domain, String id) {
        return tables.protectedResources()
                .find(id)
                .filter(row -> row.domain().equals(domain))
                .orElseThrow(() -> new ManagementFailure(404, "Protected Resource [" + id + "] can not be found."));
    }

    private void requireFreeIdentifiers(String domain, String id, List<String> identifiers) {
        boolean taken = new HashSet<>(identifiers).size() < identifiers.size()
                || tables.protectedResources()
                        .where(row -> row.domain().equals(domain) && !row.id().equals(id))
                        .anyMatch(row -> row.resourceIdentifiers().stream().anyMatch(identifiers::contains));
        if (taken) {
            throw new ManagementFailure(400, "Resource identifier already exists");
        }
    }

    private void requireFreeClientId(String domain, String clientId) {
        boolean taken = tables.applications()
                        .where(row -> row.domain().equals(domain))
                        .anyMatch(row -> row.clientId().equals(clientId))
                || tables.protectedResources()
                        .where(row -> row.domain().equals(domain))
                        .anyMatch(row -> row.clientId().equals(clientId));
        if (taken) {
            throw new ManagementFailure(400, "A client [" + clientId + "] already exists for domain " + domain);
        }
    }

    private void requireScopes(String domain, List<ToolRow> tools) {
        Set<String> known = tables.scopes()
                .where(scope -> scope.domain().equals(domain))
                .map(scope -> scope.key())
                .collect(Collectors.toSet());
        tools.stream()
                .flatMap(tool -> tool.scopes().stream())
                .filter(scope -> !known.contains(scope))
                .findFirst()
                .ifPresent(scope -> {
                    throw new ManagementFailure(400, "scope " + scope + " is not valid.");
                });
    }

    private void publish(Change.Action action, String domain, String id) {
        events.publish(Change.TOPIC, new Change(Change.Type.PROTECTED_RESOURCE, action, domain, id).message());
    }

    private static List<String> normal(List<String> identifiers) {
        return Optional.ofNullable(identifiers).orElse(List.of()).stream()
                .filter(Objects::nonNull)
                .map(identifier -> identifier.trim().toLowerCase(Locale.ROOT))
                .toList();
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static <T> T patched(Optional<T> patch, T before) {
        return patch == null ? before : patch.orElse(null);
    }

    private record Wanted(
            String name, String description, List<String> identifiers, List<UpdateProtectedResourceFeature> features) {}
}
