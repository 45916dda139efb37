package io.mcpaccess.sandbox.am;

import io.gravitee.am.model.Application;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.ApplicationService;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.Rows;
import io.mcpaccess.sandbox.data.Tables;
import io.reactivex.rxjava3.core.Single;
import java.util.Set;
import java.util.stream.Collectors;

/** AM's ApplicationService over the shared tables, as far as plugins read it. */
public final class TableApplicationService implements ApplicationService {
    private final Rows<ApplicationRow> rows;

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     */
    public TableApplicationService(Tables tables) {
        this.rows = tables.applications();
    }

    @Override
    public Single<Set<Application>> findByDomain(String domain) {
        return Single.fromCallable(() -> rows.where(row -> row.domain().equals(domain))
                .map(TableApplicationService::application)
                .collect(Collectors.toSet()));
    }

    private static Application application(ApplicationRow row) {
        Application application = new Application() {
            @Override
            public Client toClient() {
                return AmModels.client(row);
            }
        };
        application.setId(row.id());
        application.setName(row.name());
        application.setDomain(row.domain());
        application.setEnabled(row.enabled());
        return application;
    }
}
