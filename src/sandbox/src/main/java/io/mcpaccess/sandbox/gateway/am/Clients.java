package io.mcpaccess.sandbox.gateway.am;

import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.ProtectedResourceRow;
import io.mcpaccess.sandbox.data.Tables;
import io.reactivex.rxjava3.core.Maybe;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The clients of a domain: applications, and MCP servers with the clients that AM makes of them. */
public final class Clients {
    private Clients() {}

    private static Maybe<Client> maybe(Supplier<Optional<Client>> found) {
        return Maybe.defer(() -> found.get().map(Maybe::just).orElseGet(Maybe::empty));
    }

    /** AM's ClientSyncService of one domain. */
    public static final class Applications implements ClientSyncService {
        private final String domain;
        private final Tables tables;
        private final Function<String, Optional<ApplicationRow>> documents;

        /**
         * Makes the service.
         *
         * @param domain the domain's identifier
         * @param tables the shared tables
         * @param documents a client that is known by its metadata document, by its identifier
         */
        public Applications(String domain, Tables tables, Function<String, Optional<ApplicationRow>> documents) {
            this.domain = domain;
            this.tables = tables;
            this.documents = documents;
        }

        @Override
        public Maybe<Client> findById(String id) {
            return find(row -> row.domain().equals(domain) && row.id().equals(id));
        }

        @Override
        public Maybe<Client> findByClientId(String clientId) {
            return findByDomainAndClientId(domain, clientId);
        }

        @Override
        public Maybe<Client> findByDomainAndClientId(String domain, String clientId) {
            return find(row -> row.domain().equals(domain) && row.clientId().equals(clientId))
                    .switchIfEmpty(maybe(() -> this.domain.equals(domain)
                            ? documents.apply(clientId).map(AmModels::client)
                            : Optional.empty()));
        }

        private Maybe<Client> find(Predicate<ApplicationRow> condition) {
            return maybe(
                    () -> tables.applications().where(condition).findFirst().map(AmModels::client));
        }
    }

    /** AM's ProtectedResourceSyncService of one domain. */
    public static final class McpServers implements ProtectedResourceSyncService {
        private final String domain;
        private final Tables tables;

        /**
         * Makes the service.
         *
         * @param domain the domain's identifier
         * @param tables the shared tables
         */
        public McpServers(String domain, Tables tables) {
            this.domain = domain;
            this.tables = tables;
        }

        @Override
        public Maybe<Client> findByClientId(String clientId) {
            return findByDomainAndClientId(domain, clientId);
        }

        @Override
        public Maybe<Client> findByDomainAndClientId(String domain, String clientId) {
            Predicate<ProtectedResourceRow> condition =
                    row -> row.domain().equals(domain) && row.clientId().equals(clientId);
            return maybe(() -> tables.protectedResources()
                    .where(condition)
                    .findFirst()
                    .map(AmModels::protectedResource)
                    .map(ProtectedResource::toClient));
        }
    }
}
