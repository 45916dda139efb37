package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.Change;
import io.mcpaccess.sandbox.data.FormRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.shared.EventBus;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** AM's forms of a domain (FormsResource, FormResource): one of a template; a template without one is answered with AM's own page. */
@Path("organizations/{organizationId}/environments/{environmentId}/domains/{domain}/forms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class FormsResource {
    private static final Permission PERMISSION = Permission.DOMAIN_FORM;
    private static final String PAGES = "/io/mcpaccess/sandbox/gateway/page/";

    private final Access access;
    private final Tables tables;
    private final EventBus events;
    private final Clock clock;

    FormsResource(Access access, Tables tables, EventBus events, Clock clock) {
        this.access = access;
        this.tables = tables;
        this.events = events;
        this.clock = clock;
    }

    /** A form as it is sent. */
    public record FormBody(boolean enabled, String template, String content, String assets) {}

    /** The form of a template. */
    @GET
    public Map<String, Object> get(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @QueryParam("template") String template) {
        access.require(security, domain, PERMISSION, Acl.READ);
        String name = name(template);
        return json(tables.forms()
                .where(row -> row.domain().equals(domain) && row.template().equals(name))
                .findFirst()
                .orElseGet(() -> new FormRow(null, domain, name, false, builtIn(name), null, 0, 0)));
    }

    /** Creates the form of a template: 201. */
    @POST
    public Response create(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            FormBody form) {
        access.require(security, domain, PERMISSION, Acl.CREATE);
        if (form == null || form.content() == null) {
            throw new ManagementFailure(400, "[content: must not be null]");
        }
        String name = name(form.template());
        if (tables.forms()
                .where(row -> row.domain().equals(domain) && row.template().equals(name))
                .findFirst()
                .isPresent()) {
            throw new ManagementFailure(400, "Form with template [" + name + "] already exists");
        }
        long now = clock.millis();
        FormRow row = tables.forms()
                .save(new FormRow(
                        UUID.randomUUID().toString(),
                        domain,
                        name,
                        form.enabled(),
                        form.content(),
                        form.assets(),
                        now,
                        now));
        publish(Change.Action.CREATE, row);
        return Response.created(uri.getAbsolutePathBuilder().path(row.id()).build())
                .entity(json(row))
                .build();
    }

    /** Changes a form. */
    @PUT
    @Path("{form}")
    public Map<String, Object> update(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @PathParam("form") String id,
            FormBody form) {
        access.require(security, domain, PERMISSION, Acl.UPDATE);
        FormRow before = existing(domain, id);
        FormRow row = tables.forms()
                .save(new FormRow(
                        id,
                        domain,
                        before.template(),
                        form.enabled(),
                        form.content(),
                        form.assets(),
                        before.createdAt(),
                        clock.millis()));
        publish(Change.Action.UPDATE, row);
        return json(row);
    }

    /** Removes a form: 204. */
    @DELETE
    @Path("{form}")
    public void delete(
            @Context SecurityContext security, @PathParam("domain") String domain, @PathParam("form") String id) {
        access.require(security, domain, PERMISSION, Acl.DELETE);
        FormRow row = existing(domain, id);
        tables.forms().take(id);
        publish(Change.Action.DELETE, row);
    }

    private FormRow existing(String domain, String id) {
        return tables.forms()
                .find(id)
                .filter(row -> row.domain().equals(domain))
                .orElseThrow(() -> new ManagementFailure(404, "Form [" + id + "] can not be found."));
    }

    /** AM's Template: an enum whose names are the templates' in capitals. */
    private static String name(String template) {
        String name = template == null ? "" : template.toLowerCase(Locale.ROOT);
        if (!name.equals("login") && !name.equals("oauth2_user_consent") && !name.equals("error")) {
            throw new ManagementFailure(404, "There is no form template " + template);
        }
        return name;
    }

    private static String builtIn(String name) {
        try (InputStream in = FormsResource.class.getResourceAsStream(PAGES + name + ".html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void publish(Change.Action action, FormRow row) {
        events.publish(Change.TOPIC, new Change(Change.Type.FORM, action, row.domain(), row.id()).message());
    }

    private static Map<String, Object> json(FormRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("enabled", row.enabled());
        json.put("referenceType", row.id() == null ? null : "domain");
        json.put("referenceId", row.id() == null ? null : row.domain());
        json.put("client", null);
        json.put("template", row.template());
        json.put("content", row.content());
        json.put("assets", row.assets());
        json.put("createdAt", row.createdAt() == 0 ? null : row.createdAt());
        json.put("updatedAt", row.updatedAt() == 0 ? null : row.updatedAt());
        return json;
    }
}
