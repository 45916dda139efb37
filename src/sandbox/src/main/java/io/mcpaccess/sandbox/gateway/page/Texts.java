package io.mcpaccess.sandbox.gateway.page;

import io.vertx.ext.web.LanguageHeader;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/**
 * The texts of pages by key, as AM's GraviteeMessageResolver finds them: the domain's own dictionary for the browser's language, then
 * the node's, English where it has none for that language. The node's texts are the sandbox's, under the keys of AM's consent page.
 */
final class Texts extends AbstractMessageResolver {
    private static final Map<String, String> NODE = Map.of(
            "oauth.consent.title", "Permissions",
            "oauth.consent.description", "asks for",
            "oauth.disclaimer", "handles your data by its own terms.",
            "oauth.button.accept", "Accept",
            "oauth.button.cancel", "Cancel");

    private static final Map<String, String> NODE_PER_SCOPE = Map.of(
            "oauth.consent.description.before", "The application \"",
            "oauth.consent.description.after", "\" asks for access",
            "oauth.consent.instructions", "Choose what you allow:",
            "oauth.consent.scope.required_label", "Required",
            "oauth.consent.scope.selected_count", "{0} of {1} chosen",
            "oauth.consent.cimd.verified", "checked domain",
            "oauth.button.allow", "Allow",
            "oauth.button.deny", "Deny");

    private final Map<String, Map<String, String>> domain;
    private final Map<String, String> node = new HashMap<>(NODE);

    /**
     * Makes the texts of a domain.
     *
     * @param domain its own, by language, then by key
     * @param perScope whether the node has the keys of AM 4.13
     */
    Texts(Map<String, Map<String, String>> domain, boolean perScope) {
        this.domain = domain;
        if (perScope) {
            node.putAll(NODE_PER_SCOPE);
        }
        setOrder(0);
    }

    /** The first language of the browser for which there are texts, else English. */
    Locale locale(List<LanguageHeader> accepted) {
        return accepted.stream()
                .map(header -> Locale.forLanguageTag(header.value()))
                .filter(locale -> locale.getLanguage().equals("en") || domain.containsKey(locale.getLanguage()))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    @Override
    public String resolveMessage(ITemplateContext context, Class<?> origin, String key, Object[] parameters) {
        String text =
                domain.getOrDefault(context.getLocale().getLanguage(), Map.of()).getOrDefault(key, node.get(key));
        return text == null || text.indexOf('}') < 0
                ? text
                : new MessageFormat(text.replace("'", "''"), context.getLocale())
                        .format(parameters == null ? new Object[0] : parameters);
    }

    @Override
    public String createAbsentMessageRepresentation(
            ITemplateContext context, Class<?> origin, String key, Object[] parameters) {
        return null;
    }
}
