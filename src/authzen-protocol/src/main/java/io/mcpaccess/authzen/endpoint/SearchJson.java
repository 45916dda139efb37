package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.core.search.SearchAnswer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Results of a search as AuthZEN 1.0 answers them (section 8.3). */
final class SearchJson {

    private SearchJson() {}

    /** The page comes first, so that a reader of the stream knows about it before the results. */
    static Answer answer(SearchAnswer found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("page", Map.of("next_token", found.nextToken()));
        if (!found.context().isEmpty()) {
            json.put("context", found.context());
        }
        json.put("results", found.results());
        return Answer.json(200, AnswerJson.write(json));
    }
}
