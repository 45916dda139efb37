package io.mcpaccess.authzen.decision;

import io.gravitee.am.repository.oauth2.api.AccessTokenRepository;
import io.gravitee.am.repository.oauth2.model.AccessToken;
import io.reactivex.rxjava3.core.Maybe;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;

/**
 * AM's stored access tokens (AM class {@code AccessTokenRepository}). Only AM 4.10 needs them, and another line may have
 * them elsewhere, so nothing but the nested class names AM's: the rest of the plugin must do without.
 */
public final class StoredTokenClients {

    private static final Logger LOG = LoggerFactory.getLogger(StoredTokenClients.class);

    private StoredTokenClients() {}

    /**
     * Finds them.
     *
     * @param beans the domain's beans
     * @return the look-up, or nothing where AM has no such class or not exactly one such bean
     */
    public static Optional<TokenClients> in(BeanFactory beans) {
        try {
            return InRepository.in(beans);
        } catch (LinkageError e) {
            LOG.debug("AM has no store of access tokens that is known here: {}", e.toString());
            return Optional.empty();
        }
    }

    /** The same over a store. */
    static TokenClients of(AccessTokenRepository repository) {
        return new InRepository(repository);
    }

    private static final class InRepository implements TokenClients {

        private final AccessTokenRepository repository;

        private InRepository(AccessTokenRepository repository) {
            this.repository = Objects.requireNonNull(repository, "repository");
        }

        private static Optional<TokenClients> in(BeanFactory beans) {
            return Optional.ofNullable(
                            beans.getBeanProvider(AccessTokenRepository.class).getIfUnique())
                    .map(InRepository::new);
        }

        @Override
        public Maybe<String> clientOf(String id) {
            try {
                return repository
                        .findByToken(id)
                        .mapOptional(stored -> Optional.ofNullable(stored).map(AccessToken::getClient));
            } catch (LinkageError e) {
                // RxJava lets these through; a method that moved must not take the answer away.
                return Maybe.empty();
            }
        }
    }
}
