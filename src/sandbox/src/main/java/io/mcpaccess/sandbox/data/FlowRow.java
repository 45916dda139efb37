package io.mcpaccess.sandbox.data;

import java.util.List;

/**
 * A flow of a domain, with the members of AM's io.gravitee.am.model.flow.Flow.
 *
 * @param id identifier
 * @param domain domain identifier
 * @param order position among the flows of its type
 * @param type AM's flow type, such as TOKEN
 * @param name display name
 * @param condition expression, null or empty for always
 * @param enabled whether it runs
 * @param pre steps before; null where AM has none
 * @param post steps after; null where AM has none
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds
 */
public record FlowRow(
        String id,
        String domain,
        int order,
        String type,
        String name,
        String condition,
        boolean enabled,
        List<StepRow> pre,
        List<StepRow> post,
        long createdAt,
        long updatedAt) {
    @Override
    public String toString() {
        return "FlowRow[id=" + id + ", type=" + type + ", name=" + name + "]";
    }
}
