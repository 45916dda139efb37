package io.mcpaccess.sandbox.gateway.page;

import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.FormRow;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/**
 * Renders a domain's pages with what AM gives its templates: the routing context's data (where a policy's attributes are), the query as
 * {@code param}, the form's target as {@code action}, the CSRF token as {@code _csrf}.
 */
public final class Pages {
    /** The login form. */
    public static final String LOGIN = "login";
    /** The consent form. */
    public static final String CONSENT = "oauth2_user_consent";
    /** The error page. */
    public static final String ERROR = "error";
    /** Key of the nonce that a page's own script needs. */
    public static final String NONCE = "script_inline_nonce";
    /** Name of the CSRF field and header. */
    public static final String CSRF_FIELD = "X-XSRF-TOKEN";

    private final TemplateEngine engine = new TemplateEngine();
    private final Texts texts;
    private volatile Map<String, String> templates = Map.of();
    private final SecureRandom random = new SecureRandom();

    /**
     * Makes the pages of a domain.
     *
     * @param forms the domain's own; the sandbox's where absent or not enabled
     * @param consent the domain's texts, and which line of AM its consent page is of
     */
    public Pages(Stream<FormRow> forms, DomainRow.Consent consent) {
        texts = new Texts(consent.dictionaries(), consent.perScope());
        engine.addMessageResolver(texts);
        StringTemplateResolver resolver = new StringTemplateResolver();
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCacheable(true);
        engine.setTemplateResolver(resolver);
        load(forms);
    }

    /**
     * Takes up the domain's own pages as they are now.
     *
     * @param forms all of them
     */
    public void load(Stream<FormRow> forms) {
        Map<String, String> loaded = new HashMap<>();
        for (String name : new String[] {LOGIN, CONSENT, ERROR}) {
            loaded.put(name, builtIn(name));
        }
        forms.filter(FormRow::enabled).forEach(form -> loaded.put(form.template(), form.content()));
        templates = Map.copyOf(loaded);
    }

    /**
     * Puts a nonce for inline scripts into the routing context, before policies run.
     *
     * @param context the HTTP exchange
     */
    public void prepare(RoutingContext context) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        context.put(NONCE, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * Renders a page and answers it with 200.
     *
     * @param context the HTTP exchange
     * @param page the page's name
     * @param action where its form is sent, may be null
     */
    public void show(RoutingContext context, String page, String action) {
        if (context.get(NONCE) == null) {
            prepare(context);
        }
        Map<String, Object> variables = new LinkedHashMap<>(context.data());
        Map<String, String> parameters = new LinkedHashMap<>();
        context.queryParams().forEach(parameter -> parameters.putIfAbsent(parameter.getKey(), parameter.getValue()));
        variables.put("param", parameters);
        variables.put("error", parameters.get("error"));
        variables.put("error_code", parameters.get("error_code"));
        variables.put("error_description", parameters.get("error_description"));
        variables.put("action", action);
        Object token = context.get(CSRF_FIELD);
        if (token != null) {
            variables.put("_csrf", Map.of("parameterName", CSRF_FIELD, "token", token));
        }
        String html = engine.process(
                templates.get(page), new Context(texts.locale(context.acceptableLanguages()), variables));
        context.response()
                .putHeader("Content-Type", "text/html;charset=UTF-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; script-src 'self' 'nonce-" + context.get(NONCE)
                                + "'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'")
                .end(html);
    }

    private static String builtIn(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name + ".html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
