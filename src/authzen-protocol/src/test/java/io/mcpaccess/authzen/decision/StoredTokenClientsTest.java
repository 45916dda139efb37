package io.mcpaccess.authzen.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.repository.oauth2.api.AccessTokenRepository;
import io.gravitee.am.repository.oauth2.model.AccessToken;
import io.mcpaccess.authzen.AuthZenConfiguration;
import io.reactivex.rxjava3.core.Maybe;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.OverridingClassLoader;

class StoredTokenClientsTest {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    @Test
    void findsTheDomainsStore() {
        AccessToken stored = new AccessToken();
        stored.setClient("agent");
        AccessTokenRepository repository = mock();
        when(repository.findByToken(anyString())).thenReturn(Maybe.just(stored));
        beans.registerSingleton("tokens", repository);
        assertThat(StoredTokenClients.in(beans).orElseThrow().clientOf("j1").blockingGet())
                .isEqualTo("agent");
    }

    @Test
    void noneAndTwoAreNoStore() {
        assertThat(StoredTokenClients.in(beans)).isEmpty();
        beans.registerSingleton("one", mock(AccessTokenRepository.class));
        beans.registerSingleton("two", mock(AccessTokenRepository.class));
        assertThat(StoredTokenClients.in(beans)).isEmpty();
    }

    @Test
    void aMethodThatMovedIsAClientThatNobodyKnows() {
        AccessTokenRepository repository = mock();
        when(repository.findByToken(anyString())).thenThrow(new NoSuchMethodError("findByToken"));
        assertThat(StoredTokenClients.of(repository).clientOf("j1").blockingGet())
                .isNull();
    }

    @Test
    void anAmWithoutTheseClassesHasNoStoreAndAllBeansOfThePlugin() throws Exception {
        ClassLoader am = new AmWithoutStoredTokens();
        Class<?> configuration = am.loadClass(AuthZenConfiguration.class.getName());
        for (Method bean : configuration.getMethods()) {
            assertThat(bean.getGenericParameterTypes()).isNotNull();
        }
        am.loadClass(AmTokenIntrospector.class.getName()).getConstructors();
        assertThat(am.loadClass(StoredTokenClients.class.getName())
                        .getMethod("in", BeanFactory.class)
                        .invoke(null, beans))
                .isEqualTo(Optional.empty());
    }

    /** The plugin's classes over an AM that has moved its tokens. */
    private static final class AmWithoutStoredTokens extends OverridingClassLoader {

        private AmWithoutStoredTokens() {
            super(StoredTokenClientsTest.class.getClassLoader());
        }

        @Override
        protected boolean isEligibleForOverriding(String className) {
            return className.startsWith("io.mcpaccess.authzen.");
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.gravitee.am.repository.oauth2.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
