package io.mcpaccess.registry;

import io.gravitee.am.service.exception.AbstractManagementException;
import io.mcpaccess.registry.am.AdmittedCaller;
import io.mcpaccess.registry.am.CallerRights;
import io.mcpaccess.registry.am.ManagementCaller;
import io.mcpaccess.registry.am.Need;
import io.mcpaccess.registry.am.ViewAudit;
import io.mcpaccess.registry.map.MapQuery;
import io.mcpaccess.registry.page.PageBody;
import io.mcpaccess.registry.page.PageContext;
import io.mcpaccess.registry.page.PageStyle;
import io.mcpaccess.registry.page.PageTexts;
import io.mcpaccess.registry.page.PageViews;
import io.mcpaccess.registry.page.ProposedChange;
import io.mcpaccess.registry.page.View;
import io.mcpaccess.registry.page.ViewQuery;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import io.mcpaccess.registry.plan.RegistryException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Answers a browser with a view of the page, or with a page that says why not. */
final class PageAnswer {

    private static final List<String> TAKEN_DOWN = List.of("subject", "tool", "q", "who", "by", "days", "format");

    private final CallerRights rights;
    private final PageViews views;
    private final ViewAudit audit;
    private final MapAnswer map;

    PageAnswer(CallerRights rights, PageViews views, ViewAudit audit, MapAnswer map) {
        this.rights = rights;
        this.views = views;
        this.audit = audit;
        this.map = map;
    }

    /**
     * Answers.
     *
     * @param caller who asks
     * @param languages what the browser accepts, the dearest first
     * @param parameter gives a parameter of the query or of the form; null for one that is not there
     * @param formToken the token that AM wants to have back with a form
     */
    Response of(
            ManagementCaller caller,
            List<Locale> languages,
            UnaryOperator<String> parameter,
            Optional<String> formToken) {
        PageTexts texts = PageTexts.of(languages);
        View view = View.SERVERS;
        try {
            view = View.named(parameter.apply("view"));
            ViewQuery query = new ViewQuery(parameter);
            AdmittedCaller admitted = rights.admit(caller, PageViews.needs(view).toArray(Need[]::new));
            audit.viewed(admitted, caller.engineId(), view.wireName(), asked(query));
            if (view == View.WHO && !query.text("format").isEmpty()) {
                MapFormat format = MapFormat.of(query.text("format"), List.of());
                return map.tools(
                        admitted.domain(),
                        MapQuery.of(parameter, format == MapFormat.HTML ? MapAnswer.TOOLS_A_PAGE : 0),
                        format);
            }
            return page(
                    200,
                    new PageBody(
                            views,
                            PageContext.of(admitted.domain(), view, texts),
                            query,
                            ProposedChange.of(parameter, formToken)));
        } catch (InvalidDeclarationException | RegistryException | AbstractManagementException e) {
            CallFailure failure = CallFailure.of(e);
            PageContext page = new PageContext(caller.domainId(), caller.domainId(), view, texts);
            return page(failure.status(), PageBody.failure(page, failure.message()));
        }
    }

    /** What a look asked for, as the audit has it. */
    static Map<String, String> asked(ViewQuery query) {
        Map<String, String> asked = new TreeMap<>();
        TAKEN_DOWN.stream()
                .filter(name -> !query.text(name).isEmpty())
                .forEach(name -> asked.put(name, query.text(name)));
        return asked;
    }

    private static Response page(int status, Object body) {
        return Response.status(status)
                .type("text/html;charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept-Language")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", PageStyle.contentSecurityPolicy())
                .entity(body)
                .build();
    }
}
