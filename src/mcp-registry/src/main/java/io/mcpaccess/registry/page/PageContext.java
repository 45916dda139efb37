package io.mcpaccess.registry.page;

import io.gravitee.am.model.Domain;
import java.util.Objects;

/**
 * What every view knows.
 *
 * @param domainId the domain, as commands name it
 * @param domainName the domain's name for people
 * @param view the view that is shown
 * @param texts the page's words
 */
public record PageContext(String domainId, String domainName, View view, PageTexts texts) {

    /** Nothing is null. */
    public PageContext {
        Objects.requireNonNull(domainId, "domainId");
        Objects.requireNonNull(domainName, "domainName");
        Objects.requireNonNull(view, "view");
        Objects.requireNonNull(texts, "texts");
    }

    /**
     * The context of one request.
     *
     * @param domain the domain
     * @param view the view that is shown
     * @param texts the page's words
     * @return the context
     */
    public static PageContext of(Domain domain, View view, PageTexts texts) {
        return new PageContext(
                domain.getId(), domain.getName() == null ? domain.getId() : domain.getName(), view, texts);
    }

    String text(String key) {
        return texts.get(key);
    }

    PageLink here() {
        return PageLink.to(view);
    }
}
