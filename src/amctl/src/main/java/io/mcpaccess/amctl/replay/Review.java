package io.mcpaccess.amctl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.audit.AuditedDecision;
import io.mcpaccess.amctl.audit.AuditedDecision.Kind;
import io.mcpaccess.amctl.audit.AuditedDecision.Verdict;
import io.mcpaccess.amctl.grants.StoredGrant;
import io.mcpaccess.amctl.tuples.ToolForm;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.explain.Explainer;
import io.mcpaccess.openfga.embedded.explain.Explanation;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** Looks for what a store has and nobody needs: permissions that no call used, and tools that nobody may call. */
public final class Review {

    private static final List<String> TYPES = List.of("user", "agent", "application");

    private final StoreView store;
    private final List<JsonNode> grants;
    private final int bans;
    private final Instant now;

    /**
     * A review.
     *
     * @param store the engine's store
     * @param tuples the same tuples as AM has them
     * @param now what time it is
     */
    public Review(StoreView store, List<JsonNode> tuples, Instant now) {
        this.store = store;
        SubtractedRelations subtracted = new SubtractedRelations(store.plan().model());
        this.grants = tuples.stream().filter(tuple -> !subtracted.holds(tuple)).toList();
        this.bans = tuples.size() - grants.size();
        this.now = now;
    }

    /**
     * How many tuples are of a relation that a {@code but not} of the model takes away: the review leaves them out, since without one of
     * them somebody may get in.
     *
     * @return their number
     */
    public int bans() {
        return bans;
    }

    /**
     * Grants whose time is over.
     *
     * @return their tuples
     */
    public List<JsonNode> expired() {
        return grants.stream()
                .filter(tuple -> new StoredGrant(tuple).isExpired(now))
                .toList();
    }

    /**
     * Permissions that none of some decisions needed. A call counts for every tuple on the shortest way that allows it today. Of what
     * applications may be used for, and of which server has a tool, the log says nothing: those are left out.
     *
     * @param decisions the decisions
     * @param names says what permissions call things
     * @param progress hears how many questions were looked at
     * @return their tuples
     */
    public List<JsonNode> unused(List<AuditedDecision> decisions, QuestionNames names, IntConsumer progress) {
        Set<TupleKey> questions = new LinkedHashSet<>();
        decisions.stream()
                .filter(decision -> decision.kind() == Kind.CALL && decision.verdict() == Verdict.ALLOWED)
                .forEach(decision -> names.of(decision).ifPresent(questions::add));
        Set<TupleKey> used = new HashSet<>();
        Set<String> called = new HashSet<>();
        Explainer explainer = new Explainer();
        Map<String, Object> context = context();
        int looked = 0;
        for (TupleKey question : questions) {
            called.add(question.user() + " " + question.object());
            Explanation why =
                    explainer.explain(store, new CheckRequest(question, context, List.of()), Explainer.TIME_LIMIT);
            why.path().forEach(step -> step.tuple().map(StoredTuple::key).ifPresent(used::add));
            why.conditions().forEach(failed -> used.add(failed.tuple().key()));
            progress.accept(++looked);
        }
        return grants.stream()
                .filter(tuple -> !tuple.path("user").asText().matches("(application|mcp_server):.*"))
                .filter(tuple -> !new StoredGrant(tuple).isExpired(now))
                .filter(tuple -> !used.contains(LocalStore.tuple(tuple).key())
                        && !called.contains(tuple.path("user").asText() + " "
                                + tuple.path("object").asText()))
                .toList();
    }

    /**
     * Registered tools that nobody may call, whatever a call brings along.
     *
     * @param servers the registry's list
     * @param form how permissions name tools
     * @return {@code server / tool}, sorted
     */
    public List<String> closed(JsonNode servers, ToolForm form) {
        List<String> tools = new ArrayList<>();
        List<TupleKey> checks = new ArrayList<>();
        for (JsonNode server : servers) {
            for (JsonNode tool : server.path("tools")) {
                tools.add(
                        server.path("name").asText() + " / " + tool.path("key").asText());
                checks.add(new TupleKey(
                        "", "can_call", form.name(server, tool.path("key").asText())));
            }
        }
        EmbeddedSnapshot snapshot = new EmbeddedSnapshot(store);
        StoreSnapshot.PreparedChecks prepared = snapshot.prepare(checks, context());
        Set<Integer> open = new HashSet<>();
        for (String type : TYPES) {
            Set<String> users = new LinkedHashSet<>(snapshot.groups(type).keySet());
            users.add(type + ":nobody-that-a-tuple-names");
            users.forEach(user -> open.addAll(prepared.ask(user).keySet()));
        }
        Set<String> closed = new TreeSet<>();
        for (int i = 0; i < tools.size(); i++) {
            if (!open.contains(i)) {
                closed.add(tools.get(i));
            }
        }
        return List.copyOf(closed);
    }

    private Map<String, Object> context() {
        return Map.of(
                "current_time", Instant.ofEpochSecond(now.getEpochSecond()).toString());
    }
}
