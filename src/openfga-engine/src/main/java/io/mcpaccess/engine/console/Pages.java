package io.mcpaccess.engine.console;

import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.registry.plan.RegistryException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Paging as the console speaks it. */
final class Pages {

    private static final int SIZE_UNLESS_SAID = 50;

    private Pages() {}

    /** A size that is no number is an error of ours: of AM's it would be a 404, and the console would leave the page. */
    static PageQuery request(String pageSize, String continuationToken, int most) {
        int size = SIZE_UNLESS_SAID;
        if (pageSize != null && !pageSize.isBlank()) {
            try {
                size = Integer.parseInt(pageSize.strip());
            } catch (NumberFormatException e) {
                throw new RegistryException(400, "pageSize must be a number");
            }
            if (size < 1) {
                throw new RegistryException(400, "pageSize must be 1 or more");
            }
        }
        return new PageQuery(Math.min(size, most), Optional.ofNullable(continuationToken));
    }

    static <T> Map<String, Object> json(Page<T> page, Function<T, Object> item) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("continuationToken", page.next().orElse(null));
        return Map.of("data", page.items().stream().map(item).toList(), "info", info);
    }
}
