package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.reactivex.rxjava3.core.Flowable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Whose engine it is, as far as AM lets an engine know. */
class StoreOwnershipTest {

    private final List<AuthorizationEngine> stored = new ArrayList<>();

    @Test
    void isTheOnlyDomainWhoseEngineNamesTheStore() {
        engine("a", "openfga", "{\"mode\":\"embedded\",\"storeFile\":\"store.yaml\"}");
        engine("b", "openfga", "{\"mode\":\"embedded\",\"storeFile\":\"other.yaml\"}");
        engine("c", "openfga", "{\"mode\":\"server\",\"storeFile\":\"store.yaml\"}");
        engine("d", "another", "{\"mode\":\"embedded\",\"storeFile\":\"store.yaml\"}");
        engine("e", "openfga", "no JSON");
        EngineDomain domain = domain();
        assertThat(domain.domain()).contains("a");
        assertThat(domain.isContested()).isFalse();
    }

    @Test
    void isNobodysWhereSeveralNameTheStoreInWhateverLetters() {
        engine("a", "openfga", "{\"mode\":\"embedded\",\"storeFile\":\"store.yaml\"}");
        engine("b", "openfga", "{\"mode\":\"Embedded\",\"storeFile\":\" Store.YAML \"}");
        EngineDomain domain = domain();
        assertThat(domain.domain()).isEmpty();
        assertThat(domain.isContested()).isTrue();
    }

    @Test
    void isWhatACallerSaysWhoKnowsAndStaysIt() {
        engine("a", "openfga", "{\"mode\":\"embedded\",\"storeFile\":\"store.yaml\"}");
        engine("b", "openfga", "{\"mode\":\"embedded\",\"storeFile\":\"store.yaml\"}");
        EngineDomain domain = domain();
        domain.belongsTo("b");
        domain.belongsTo("a");
        assertThat(domain.domain()).contains("b");
        assertThat(domain.isContested()).isTrue();
    }

    @Test
    void isNotKnownWithoutAmsEngines() {
        EngineDomain domain = new EngineDomain("store.yaml", true, () -> null);
        assertThat(domain.domain()).isEmpty();
        assertThat(domain.isContested()).isFalse();
        EngineDomain broken = new EngineDomain("store.yaml", true, () -> {
            throw new IllegalStateException("the database is gone");
        });
        assertThat(broken.domain()).isEqualTo(Optional.empty());
    }

    private EngineDomain domain() {
        AuthorizationEngineRepository engines = Mockito.mock(AuthorizationEngineRepository.class);
        Mockito.when(engines.findAll()).thenReturn(Flowable.fromIterable(stored));
        return new EngineDomain("store.yaml", true, () -> engines);
    }

    private void engine(String domain, String type, String configuration) {
        AuthorizationEngine engine = new AuthorizationEngine();
        engine.setReferenceId(domain);
        engine.setType(type);
        engine.setConfiguration(configuration);
        stored.add(engine);
    }
}
