package io.mcpaccess.amctl.protect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.protect.Item.Change;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The flows of a domain with the policy's steps put in, or taken back. What is put in stands in flows of its own, one for each
 * type, so that nothing of anybody else's is touched; a step is known by its description. AM takes a domain's flows as one list
 * and deletes what is missing in it (FlowServiceImpl.createOrUpdate), and lists an empty flow without id for each type that has
 * none, which is never sent back. Not for many threads.
 */
public final class DomainFlows {
    /** The policy of this project. */
    public static final String POLICY = "mcp-tool-access";

    private static final String FLOW = "MCP access control";
    private static final String STEP = "MCP tool access";
    private static final String NOTE = "What amctl protect put in";
    private static final List<Point> POINTS =
            List.of(new Point("TOKEN", "pre"), new Point("CONSENT", "pre"), new Point("CONSENT", "post"));

    private final List<ObjectNode> flows = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();

    /** Where a step stands. */
    private record Point(String type, String phase) {
        String text() {
            return "policy " + POLICY + " in the flow " + type + ", " + phase;
        }
    }

    /**
     * Flows as AM lists them.
     *
     * @param listed AM's FlowEntity list
     * @throws CommandFailure if AM left out what stands in the flows, as it does where the right to read them is missing: sent
     *     back like that they would lose their steps
     */
    public DomainFlows(JsonNode listed) {
        for (JsonNode flow : listed) {
            if (flow.hasNonNull("id")) {
                if (!flow.hasNonNull("type")) {
                    throw new CommandFailure(
                            ExitCode.UNAUTHORISED,
                            "The right DOMAIN_FLOW[READ] is missing: AM shows the names of flows alone. Nothing was"
                                    + " changed.");
                }
                flows.add(sent(flow));
            }
        }
    }

    /** A flow with the members that AM takes back; enums are taken in capitals by every line. */
    private static ObjectNode sent(JsonNode flow) {
        ObjectNode body = Json.object();
        for (String member : List.of("id", "name", "enabled", "condition", "pre", "post")) {
            body.set(member, flow.path(member).deepCopy());
        }
        return body.put("type", flow.path("type").asText().toUpperCase(Locale.ROOT));
    }

    /**
     * What earlier calls put in beside flows and form.
     *
     * @return all that is still written down
     */
    public Receipt receipt() {
        return steps(flows).stream().flatMap(step -> receipt(step).stream()).reduce(Receipt.NONE, Receipt::and);
    }

    /**
     * Puts the policy in where it is not.
     *
     * @param mode the policy's mode at the token endpoint
     * @param receipt what else is put in, with what was before
     */
    public void protect(String mode, Receipt receipt) {
        for (Point point : POINTS) {
            if (runs(point)) {
                items.add(new Item(point.text(), Change.UNCHANGED, ""));
            } else if (ownStep(point).isPresent()) {
                items.add(new Item(
                        point.text(),
                        Change.REFUSED,
                        "somebody switched it off; switch it on in the console, or undo first"));
            } else {
                ObjectNode configuration =
                        point.type().equals("TOKEN") ? Json.object().put("mode", mode) : Json.object();
                ownSteps(point).add(step(STEP, configuration, true, receipt));
                items.add(new Item(point.text(), Change.ADDED, point.type().equals("TOKEN") ? "mode " + mode : ""));
            }
        }
        boolean hasOwn = steps(flows).stream().anyMatch(step -> receipt(step).isPresent());
        if (!hasOwn && !receipt.isEmpty()) {
            ownSteps(POINTS.get(0)).add(step(NOTE, Json.object(), false, receipt));
        }
        for (ObjectNode step : steps(flows)) {
            if (receipt(step).isPresent()) {
                step.put("description", receipt.text());
            }
        }
    }

    /** Takes back what was put in. */
    public void undo() {
        boolean found = false;
        for (ObjectNode flow : List.copyOf(flows)) {
            boolean removed = false;
            for (String phase : List.of("pre", "post")) {
                for (int i = flow.path(phase).size() - 1; i >= 0; i--) {
                    if (receipt(flow.path(phase).get(i)).isPresent()) {
                        ((ArrayNode) flow.path(phase)).remove(i);
                        items.add(new Item(
                                "policy " + POLICY + " in the flow "
                                        + flow.path("type").asText() + ", " + phase,
                                Change.REMOVED,
                                ""));
                        removed = true;
                    }
                }
            }
            boolean isEmpty = flow.path("pre").isEmpty() && flow.path("post").isEmpty();
            if (removed && isEmpty && FLOW.equals(flow.path("name").asText())) {
                flows.remove(flow);
            } else if (removed) {
                items.add(new Item(
                        "flow " + flow.path("name").asText(),
                        Change.KEPT,
                        isEmpty ? "somebody renamed it" : "it has steps of somebody else's"));
            }
            found |= removed;
        }
        if (!found) {
            items.add(new Item("flows", Change.UNCHANGED, "nothing in them was put in by amctl"));
        }
    }

    /**
     * What happens to the flows.
     *
     * @return the parts of the plan
     */
    public List<Item> items() {
        return List.copyOf(items);
    }

    /**
     * The flows as they should be.
     *
     * @return AM's service Flow list
     */
    public ArrayNode body() {
        ArrayNode body = Json.array();
        flows.forEach(flow -> body.add(flow.deepCopy()));
        return body;
    }

    /** Whether an enabled step runs at a point whatever the request is. */
    private boolean runs(Point point) {
        return flows.stream()
                .filter(flow -> point.type().equals(flow.path("type").asText()))
                .filter(DomainFlows::isAlwaysOn)
                .flatMap(flow -> StreamSupport.stream(flow.path(point.phase()).spliterator(), false))
                .anyMatch(step -> POLICY.equals(step.path("policy").asText()) && isAlwaysOn(step));
    }

    private static boolean isAlwaysOn(JsonNode flowOrStep) {
        return flowOrStep.path("enabled").asBoolean(true)
                && flowOrStep.path("condition").asText("").isBlank();
    }

    private Optional<JsonNode> ownStep(Point point) {
        return flows.stream()
                .filter(flow -> point.type().equals(flow.path("type").asText()))
                .flatMap(flow -> StreamSupport.stream(flow.path(point.phase()).spliterator(), false))
                .filter(step -> receipt(step).isPresent()
                        && !NOTE.equals(step.path("name").asText()))
                .findFirst();
    }

    /** The steps of our own flow at a point; the flow is made where it is missing. */
    private ArrayNode ownSteps(Point point) {
        ObjectNode flow = flows.stream()
                .filter(each -> point.type().equals(each.path("type").asText())
                        && FLOW.equals(each.path("name").asText())
                        && isAlwaysOn(each))
                .findFirst()
                .orElseGet(() -> {
                    ObjectNode made =
                            Json.object().put("name", FLOW).put("enabled", true).put("type", point.type());
                    made.putArray("pre");
                    made.putArray("post");
                    flows.add(made);
                    return made;
                });
        return flow.path(point.phase()) instanceof ArrayNode steps ? steps : flow.putArray(point.phase());
    }

    private static ObjectNode step(String name, ObjectNode configuration, boolean enabled, Receipt receipt) {
        return Json.object()
                .put("name", name)
                .put("policy", POLICY)
                .put("description", receipt.text())
                .put("configuration", configuration.toString())
                .put("enabled", enabled);
    }

    private static Optional<Receipt> receipt(JsonNode step) {
        return POLICY.equals(step.path("policy").asText())
                ? Receipt.read(step.path("description").asText(""))
                : Optional.empty();
    }

    private static List<ObjectNode> steps(List<ObjectNode> flows) {
        List<ObjectNode> steps = new ArrayList<>();
        for (ObjectNode flow : flows) {
            flow.path("pre").forEach(step -> steps.add((ObjectNode) step));
            flow.path("post").forEach(step -> steps.add((ObjectNode) step));
        }
        return steps;
    }
}
