package io.mcpaccess.registry.page;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.am.Need;
import io.mcpaccess.registry.am.RefusedCalls;
import io.mcpaccess.registry.map.AccessMap;
import io.mcpaccess.registry.map.EngineView;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;

/** The views, and which of AM's rights each needs. Reads are bounded and block: for threads that may. */
public final class PageViews {

    private static final Need AUDIT = Need.of(Permission.DOMAIN_AUDIT, Acl.LIST, Acl.READ);

    private final ServersView servers;
    private final WhoView who;
    private final WhyView why;
    private final RefusedView refused;
    private final WhatIfView whatIf;

    /**
     * Views of one engine's domain.
     *
     * @param domains reads AM
     * @param engine the engine
     * @param calls reads AM's audit log
     * @param foresight says what a change would do
     * @param clock today's time, for what was refused lately
     * @param nanoTime a clock that never goes back, for limits
     */
    public PageViews(
            AmDomains domains,
            EngineView engine,
            RefusedCalls calls,
            Foresight foresight,
            Clock clock,
            LongSupplier nanoTime) {
        this.servers = new ServersView(domains, engine);
        this.who = new WhoView(domains, engine, nanoTime);
        this.why = new WhyView(domains, engine, new SubjectTools(new AccessMap(domains, engine)));
        this.whatIf = new WhatIfView(foresight);
        this.refused = new RefusedView(domains, engine, calls, clock);
    }

    /**
     * The rights that a view needs: what AM's own pages need to show the same.
     *
     * @param view the view
     * @return all of them
     */
    public static List<Need> needs(View view) {
        return switch (view) {
            case SERVERS -> List.of(Need.LIST_SERVERS, Need.LIST_SCOPES);
            case WHO -> List.of(Need.LIST_SERVERS, Need.LIST_APPLICATIONS, Need.LIST_USERS);
            case WHY -> List.of(Need.LIST_SERVERS, Need.LIST_SCOPES, Need.LIST_APPLICATIONS, Need.LIST_USERS);
            case WHATIF -> List.of(Need.LIST_SERVERS, Need.LIST_SCOPES, Need.LIST_APPLICATIONS, Need.LIST_USERS);
            case REFUSED -> List.of(Need.LIST_SERVERS, Need.LIST_USERS, AUDIT);
        };
    }

    void write(Markup html, PageContext page, ViewQuery query, ProposedChange change, Progress progress) {
        switch (page.view()) {
            case SERVERS -> servers.write(html, page, query);
            case WHO -> who.write(html, page, query, progress);
            case WHY -> why.write(html, page, query);
            case REFUSED -> refused.write(html, page, query, progress);
            case WHATIF -> whatIf.write(html, page, change, progress);
            default -> throw new IllegalStateException("No such view: " + page.view());
        }
    }
}
