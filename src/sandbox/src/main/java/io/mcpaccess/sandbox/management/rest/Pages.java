package io.mcpaccess.sandbox.management.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AM's pages: {@code {data, currentPage, totalCount}}. */
final class Pages {
    private Pages() {}

    static Map<String, Object> all(List<?> items) {
        return of(items, 0, Math.max(1, items.size()));
    }

    static Map<String, Object> of(List<?> items, int page, int size) {
        int from = (int) Math.min((long) page * size, items.size());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("data", items.subList(from, Math.min(from + size, items.size())));
        body.put("currentPage", page);
        body.put("totalCount", items.size());
        return body;
    }
}
