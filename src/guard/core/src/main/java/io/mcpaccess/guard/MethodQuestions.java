package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.authzen.AccessItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What MCP requests other than tool calls are about, in the shape of COAZ, the AuthZEN working group's profile for MCP (MCP
 * binding, draft 1 of July 2026). Lists have no question of their own here: what they hold is asked about.
 */
final class MethodQuestions {
    static final String READ = "resources/read";
    static final String SUBSCRIBE = "resources/subscribe";
    static final String PROMPT = "prompts/get";
    static final String TASK = "tasks/get";

    private static final String RESOURCE_TYPE = "resource";
    private static final String PROMPT_TYPE = "prompt";
    private static final String TASK_TYPE = "task";
    private static final String COMPLETE = "completion/complete";
    private static final int LONGEST = 2048;
    private static final int MOST = 1000;

    private record About(String type, String member) {}

    private static final Map<String, About> ABOUT = Map.of(
            READ,
            new About(RESOURCE_TYPE, "uri"),
            SUBSCRIBE,
            new About(RESOURCE_TYPE, "uri"),
            "resources/unsubscribe",
            new About(RESOURCE_TYPE, "uri"),
            PROMPT,
            new About(PROMPT_TYPE, "name"),
            TASK,
            new About(TASK_TYPE, "taskId"),
            "tasks/result",
            new About(TASK_TYPE, "taskId"),
            "tasks/cancel",
            new About(TASK_TYPE, "taskId"));

    private static final Map<String, About> COMPLETED = Map.of(
            "ref/prompt", new About(PROMPT_TYPE, "name"),
            "ref/resource", new About(RESOURCE_TYPE, "uri"));

    /** Everything that has a question. */
    static final Set<String> METHODS = methods();

    private MethodQuestions() {}

    private static Set<String> methods() {
        Set<String> methods = new HashSet<>(ABOUT.keySet());
        methods.add(COMPLETE);
        return Set.copyOf(methods);
    }

    /**
     * @param method one of {@link #METHODS}
     * @param params of the request
     * @return what it is about; empty when the params do not say it
     */
    static Optional<AccessItem> of(String method, JsonNode params) {
        boolean completes = method.equals(COMPLETE);
        JsonNode said = completes ? params.path("ref") : params;
        About about = completes ? COMPLETED.get(said.path("type").asText()) : ABOUT.get(method);
        return about == null
                ? Optional.empty()
                : id(said.path(about.member())).map(id -> AccessItem.ofMethod(method, about.type(), id));
    }

    /**
     * @param uris of resources that a client wants to hear of (MCP 2026-07-28, {@code subscriptions/listen})
     * @return a question for each; empty when one is no URI, or there are too many
     */
    static Optional<List<AccessItem>> subscriptions(JsonNode uris) {
        List<AccessItem> items = new ArrayList<>();
        for (JsonNode uri : uris) {
            id(uri).map(id -> AccessItem.ofMethod(SUBSCRIBE, RESOURCE_TYPE, id)).ifPresent(items::add);
        }
        return uris.isArray() && items.size() == uris.size() && items.size() <= MOST
                ? Optional.of(items)
                : Optional.empty();
    }

    /** Empty for what nothing can be called. */
    static Optional<String> id(JsonNode value) {
        return Optional.ofNullable(value.textValue())
                .filter(text -> !text.isBlank() && text.length() <= LONGEST)
                .filter(text -> text.codePoints().noneMatch(Character::isISOControl));
    }
}
