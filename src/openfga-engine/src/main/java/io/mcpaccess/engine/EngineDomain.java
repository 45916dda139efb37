package io.mcpaccess.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.mcpaccess.openfga.embedded.store.Tenant;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose engine this is. AM tells a provider its configuration and nothing else; so the domain is the one that a caller
 * names who knows (the console's path, checked; the protocol and the policy, which live in a domain), or else the only
 * one whose engine names the store, as AM has it stored. Thread-safe, and never blocks.
 */
final class EngineDomain implements Tenant {

    private static final Logger LOG = LoggerFactory.getLogger(EngineDomain.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** How long after one look at AM's engines the next may follow. */
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private static final String TYPE = "openfga";

    private final String storeFile;
    private final boolean isManagement;
    private final Supplier<AuthorizationEngineRepository> engines;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private volatile Optional<String> told = Optional.empty();
    private volatile Optional<String> alone = Optional.empty();
    private volatile boolean isContested;

    /**
     * The domain of one engine.
     *
     * @param storeFile the store that the engine names
     * @param isManagement whether this node writes
     * @param engines finds AM's engines; gives null where there is no repository
     */
    EngineDomain(String storeFile, boolean isManagement, Supplier<AuthorizationEngineRepository> engines) {
        this.storeFile = storeFile;
        this.isManagement = isManagement;
        this.engines = engines;
        look();
    }

    /**
     * Takes down what a caller knows. The first counts: an engine has one domain as long as it lives.
     *
     * @param domain the domain's id
     */
    void belongsTo(String domain) {
        if (told.isEmpty()) {
            told = Optional.of(domain);
            look();
        }
    }

    @Override
    public Optional<String> domain() {
        if (told.isPresent()) {
            return told;
        }
        look();
        return alone;
    }

    @Override
    public boolean isAdopting() {
        return isManagement;
    }

    @Override
    public boolean isContested() {
        look();
        return isContested;
    }

    private void look() {
        long due = next.get();
        long now = System.nanoTime();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE)) {
            return;
        }
        try {
            AuthorizationEngineRepository repository = engines.get();
            if (repository != null) {
                repository
                        .findAll()
                        .filter(this::namesTheStore)
                        .map(AuthorizationEngine::getReferenceId)
                        .collect(Collectors.toSet())
                        .subscribe(this::found, EngineDomain::failed);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void found(Set<String> domains) {
        isContested = domains.size() > 1;
        alone = domains.size() == 1 ? Optional.of(domains.iterator().next()) : Optional.empty();
    }

    private static void failed(Throwable e) {
        LOG.debug("AM's authorization engines cannot be read now: {}", e.toString());
    }

    /** On a file system that does not tell capital letters, names that differ in them alone are one file. */
    private boolean namesTheStore(AuthorizationEngine engine) {
        if (!TYPE.equals(engine.getType()) || engine.getConfiguration() == null || engine.getReferenceId() == null) {
            return false;
        }
        try {
            JsonNode configuration = JSON.readTree(engine.getConfiguration());
            return "embedded"
                            .equalsIgnoreCase(
                                    configuration.path("mode").asText().strip())
                    && storeFile.equalsIgnoreCase(
                            configuration.path("storeFile").asText().strip());
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
