package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.authzen.AccessItem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of things that servers list.
 *
 * @param member of the result that holds the list
 * @param key of an item that is its id
 * @param method by which an item is used, and asked about
 * @param type of the resource in the question
 */
record ListedKind(String member, String key, String method, String type) {
    static final ListedKind TOOLS = new ListedKind("tools", "name", Rules.TOOLS_CALL, "tool");

    private static final ListedKind RESOURCES = new ListedKind("resources", "uri", MethodQuestions.READ, "resource");
    private static final ListedKind TEMPLATES =
            new ListedKind("resourceTemplates", "uriTemplate", MethodQuestions.READ, "resource");
    private static final ListedKind PROMPTS = new ListedKind("prompts", "name", MethodQuestions.PROMPT, "prompt");
    private static final ListedKind TASKS = new ListedKind("tasks", "taskId", MethodQuestions.TASK, "task");

    private static final Map<String, ListedKind> BY_METHOD = Map.of(
            Rules.TOOLS_LIST,
            TOOLS,
            "resources/list",
            RESOURCES,
            "resources/templates/list",
            TEMPLATES,
            "prompts/list",
            PROMPTS,
            "tasks/list",
            TASKS);

    /** What a request lists, if it lists anything. */
    static Optional<ListedKind> of(String method) {
        return Optional.ofNullable(BY_METHOD.get(method));
    }

    /** What is asked about item by item: tools always. */
    static List<ListedKind> decidedBy(Rules rules) {
        return Stream.of(TOOLS, RESOURCES, TEMPLATES, PROMPTS, TASKS)
                .filter(kind -> kind == TOOLS || rules.decidedMethods().contains(kind.method()))
                .toList();
    }

    /** Empty for an item that nobody could use. */
    Optional<String> idOf(JsonNode item) {
        Optional<String> id = MethodQuestions.id(item.path(key));
        return this == TOOLS ? id.filter(ToolName::isPossible) : id;
    }

    AccessItem question(String id, Rules rules) {
        return this == TOOLS ? AccessItem.tool(rules.action(), id) : AccessItem.ofMethod(method, type, id);
    }
}
