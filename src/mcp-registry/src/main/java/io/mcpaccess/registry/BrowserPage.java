package io.mcpaccess.registry;

import io.mcpaccess.registry.am.ManagementCaller;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The page for a browser, at the path of {@link McpRegistryResource} itself: for JAX-RS one path is one class. */
public abstract class BrowserPage {

    /** What a form alone can say: a link on another site must not have anything worked out. */
    private static final Set<String> CHANGE = Set.of("model", "writes", "deletes");

    private final Calls calls;
    private final PageAnswer page;

    BrowserPage(Calls calls, PageAnswer page) {
        this.calls = calls;
        this.page = page;
    }

    /**
     * The page: servers, who may call what, why, what was refused lately, the form of what-if.
     *
     * @param uri the request's path, and in its query which {@code view} is asked for and what of it
     * @param security who calls
     * @param headers the languages that the browser accepts
     * @param request knows the token that AM wants to have back with a form
     * @param response gets the page
     */
    @GET
    @Produces("text/html")
    public void page(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @Context ContainerRequestContext request,
            @Suspended AsyncResponse response) {
        answer(uri, security, headers, request, Map.of(), response);
    }

    /**
     * What a change would do, from the page's form. Changes nothing.
     *
     * @param uri the request's path
     * @param security who calls
     * @param headers the languages that the browser accepts
     * @param request knows the token that AM wants to have back with a form
     * @param model the form's authorization model
     * @param writes the form's tuples to write
     * @param deletes the form's tuples to delete
     * @param response gets the page
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces("text/html")
    public void whatIf(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @Context ContainerRequestContext request,
            @FormParam("model") String model,
            @FormParam("writes") String writes,
            @FormParam("deletes") String deletes,
            @Suspended AsyncResponse response) {
        Map<String, String> form = new HashMap<>();
        form.put("model", model);
        form.put("writes", writes);
        form.put("deletes", deletes);
        form.put("view", "whatif");
        answer(uri, security, headers, request, form, response);
    }

    private void answer(
            UriInfo uri,
            SecurityContext security,
            HttpHeaders headers,
            ContainerRequestContext request,
            Map<String, String> form,
            AsyncResponse response) {
        ManagementCaller caller = RequestCaller.of(uri, security);
        List<Locale> languages = List.copyOf(headers.getAcceptableLanguages());
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        Optional<String> formToken = FormToken.of(request);
        calls.run(
                response,
                () -> page.of(
                        caller,
                        languages,
                        name -> CHANGE.contains(name) || form.containsKey(name)
                                ? form.get(name)
                                : parameters.getFirst(name),
                        formToken));
    }
}
