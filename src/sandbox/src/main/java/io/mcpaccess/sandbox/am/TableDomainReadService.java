package io.mcpaccess.sandbox.am;

import io.gravitee.am.model.Domain;
import io.gravitee.am.service.DomainReadService;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.Rows;
import io.mcpaccess.sandbox.data.Tables;
import io.reactivex.rxjava3.core.Maybe;

/** AM's DomainReadService over the shared tables. */
public final class TableDomainReadService implements DomainReadService {
    private final Rows<DomainRow> rows;
    private final String gatewayUrl;

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     * @param gatewayUrl the gateway's base URL, where a domain has no entrypoint of its own
     */
    public TableDomainReadService(Tables tables, String gatewayUrl) {
        this.rows = tables.domains();
        this.gatewayUrl = gatewayUrl;
    }

    @Override
    public Maybe<Domain> findById(String id) {
        return Maybe.defer(
                () -> rows.find(id).map(AmModels::domain).map(Maybe::just).orElseGet(Maybe::empty));
    }

    @Override
    public String buildUrl(Domain domain, String path) {
        String base = rows.find(domain.getId()).map(DomainRow::entrypoint).orElse(gatewayUrl);
        return base.replaceAll("/+$", "") + domain.getPath() + path;
    }
}
