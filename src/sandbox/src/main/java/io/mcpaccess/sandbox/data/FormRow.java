package io.mcpaccess.sandbox.data;

/**
 * A page of a domain's own, with the members of AM's io.gravitee.am.model.Form.
 *
 * @param id identifier
 * @param domain domain identifier
 * @param template which page
 * @param enabled whether it is shown in place of AM's own
 * @param content Thymeleaf text
 * @param assets style sheets and the like, may be null
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds
 */
public record FormRow(
        String id,
        String domain,
        String template,
        boolean enabled,
        String content,
        String assets,
        long createdAt,
        long updatedAt) {}
