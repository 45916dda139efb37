package io.mcpaccess.sandbox.management.am;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.common.plugin.ValidationResult;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.Change;
import io.mcpaccess.sandbox.data.EngineRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import io.mcpaccess.sandbox.shared.EventBus;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AM's AuthorizationEngineService and the management side's AuthorizationEngineManager: one engine of a type in a domain, a
 * configuration is tried before it is stored, and providers are made at first use and again when the row is newer.
 */
public final class Engines {
    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
    private static final String UNUSABLE =
            "The configuration details entered are incorrect. Please check those and try again.";

    private final Tables tables;
    private final AuthorizationEnginePlugins plugins;
    private final EventBus events;
    private final Clock clock;
    private final Map<String, Loaded> loaded = new HashMap<>();

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     * @param plugins makes providers
     * @param events tells the gateways
     * @param clock stamps rows
     */
    public Engines(Tables tables, AuthorizationEnginePlugins plugins, EventBus events, Clock clock) {
        this.tables = tables;
        this.plugins = plugins;
        this.events = events;
        this.clock = clock;
    }

    /** The engines of a domain. */
    public List<EngineRow> list(String domain) {
        return tables.engines().where(row -> row.domain().equals(domain)).toList();
    }

    /** An engine of a domain; 404 where there is none. */
    public EngineRow get(String domain, String id) {
        return tables.engines()
                .find(id)
                .filter(row -> row.domain().equals(domain))
                .orElseThrow(() -> new ManagementFailure(404, "Authorization engine [" + id + "] can not be found."));
    }

    /** Creates an engine; 400 for a second one of a type or a configuration that does not work. */
    public EngineRow create(String domain, String type, String name, String configuration) {
        if (list(domain).stream().anyMatch(row -> row.type().equals(type))) {
            throw new ManagementFailure(
                    400, "Authorization engine of type [" + type + "] already exists for this domain");
        }
        requireUsable(type, configuration);
        long now = clock.millis();
        EngineRow row = tables.engines()
                .save(new EngineRow(UUID.randomUUID().toString(), domain, type, name, configuration, now, now));
        publish(Change.Action.CREATE, row);
        return row;
    }

    /** Changes an engine's name and configuration. */
    public EngineRow update(String domain, String id, String name, String configuration) {
        EngineRow before = get(domain, id);
        requireUsable(before.type(), configuration);
        EngineRow row = tables.engines()
                .save(new EngineRow(
                        id,
                        domain,
                        before.type(),
                        name,
                        configuration,
                        before.createdAt(),
                        Math.max(clock.millis(), before.updatedAt() + 1)));
        publish(Change.Action.UPDATE, row);
        return row;
    }

    /** Removes an engine. */
    public void delete(String domain, String id) {
        EngineRow row = get(domain, id);
        tables.engines().take(id);
        synchronized (loaded) {
            Optional.ofNullable(loaded.remove(id)).ifPresent(Loaded::stop);
        }
        publish(Change.Action.DELETE, row);
    }

    /**
     * The provider of an engine on this node, whatever domain it belongs to: AM's locator does not check that, and neither does the
     * sandbox.
     *
     * @param id the engine
     * @return the provider, empty where there is no such engine or it cannot be made
     */
    public Optional<AuthorizationEngineProvider> provider(String id) {
        Optional<EngineRow> row = tables.engines().find(id);
        synchronized (loaded) {
            Loaded known = loaded.get(id);
            if (row.isEmpty()
                    || (known != null && known.updatedAt() >= row.get().updatedAt())) {
                return row.map(found -> known.provider());
            }
            Optional<AuthorizationEngineProvider> created =
                    plugins.create(row.get().type(), row.get().configuration());
            created.ifPresent(provider -> Optional.ofNullable(
                            loaded.put(id, new Loaded(provider, row.get().updatedAt())))
                    .ifPresent(Loaded::stop));
            return created;
        }
    }

    /** Stops all providers. */
    public void stop() {
        synchronized (loaded) {
            loaded.values().forEach(Loaded::stop);
            loaded.clear();
        }
    }

    /** What AM does before it stores: make a provider, start it, validate it, close it without stopping. */
    private void requireUsable(String type, String configuration) {
        AuthorizationEngineProvider provider =
                plugins.create(type, configuration).orElseThrow(() -> new ManagementFailure(400, UNUSABLE));
        try (provider) {
            ValidationResult result = provider.validate();
            if (result.failed()) {
                throw new ManagementFailure(
                        400, Optional.ofNullable(result.failedMessage()).orElse(UNUSABLE));
            }
        } catch (IOException e) {
            LOG.error("An authorization engine did not close", e);
        }
    }

    private void publish(Change.Action action, EngineRow row) {
        events.publish(
                Change.TOPIC, new Change(Change.Type.AUTHORIZATION_ENGINE, action, row.domain(), row.id()).message());
    }

    private record Loaded(AuthorizationEngineProvider provider, long updatedAt) {
        void stop() {
            try {
                provider.stop();
            } catch (Exception e) {
                LOG.error("An authorization engine did not stop", e);
            }
        }
    }
}
