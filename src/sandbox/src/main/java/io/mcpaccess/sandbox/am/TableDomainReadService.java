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

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     */
    public TableDomainReadService(Tables tables) {
        this.rows = tables.domains();
    }

    @Override
    public Maybe<Domain> findById(String id) {
        return Maybe.defer(
                () -> rows.find(id).map(AmModels::domain).map(Maybe::just).orElseGet(Maybe::empty));
    }
}
