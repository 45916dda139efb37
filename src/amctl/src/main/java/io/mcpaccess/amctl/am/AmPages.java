package io.mcpaccess.amctl.am;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Lists that AM gives page by page: {@code data} and {@code totalCount}, as its Page is written. */
final class AmPages {
    private static final int SIZE = 50;

    private AmPages() {}

    /** All entries of a list, in AM's order; the path may have a query. */
    static List<JsonNode> all(AmClient am, String path) {
        return first(am, path, Integer.MAX_VALUE);
    }

    /** The first entries of a list, so many at the most. */
    static List<JsonNode> first(AmClient am, String path, int most) {
        String query = path + (path.contains("?") ? "&" : "?") + "size=" + SIZE + "&page=";
        List<JsonNode> all = new ArrayList<>();
        for (int page = 0; all.size() < most; page++) {
            JsonNode answer = am.get(query + page);
            answer.path("data").forEach(all::add);
            if (answer.path("data").isEmpty()
                    || all.size() >= answer.path("totalCount").asInt()) {
                break;
            }
        }
        return all.size() > most ? List.copyOf(all.subList(0, most)) : all;
    }
}
