package io.mcpaccess.amctl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.TupleKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Another OpenFGA server, beside the evaluator of this process: both are asked, and where they differ is kept. What hangs on values
 * that nobody keeps is asked of neither. Not for many threads.
 */
public final class ServerEngine implements ReplayEngine {

    private static final int EACH = 50;

    private final TrialStore server;
    private final LocalEngine local;
    private final IntConsumer progress;
    private final Map<TupleKey, String> differences = new TreeMap<>(
            Comparator.comparing(TupleKey::user).thenComparing(TupleKey::object).thenComparing(TupleKey::relation));

    /**
     * Two engines.
     *
     * @param server a store in the other server with the same model and tuples
     * @param local the evaluator of this process over them
     * @param progress hears how many questions the server has answered
     */
    public ServerEngine(TrialStore server, LocalEngine local, IntConsumer progress) {
        this.server = server;
        this.local = local;
        this.progress = progress;
    }

    @Override
    public Map<TupleKey, Holding> answers(Set<TupleKey> questions) {
        Map<TupleKey, Holding> answers = new HashMap<>(local.answers(questions));
        List<TupleKey> asked = questions.stream()
                .filter(question -> answers.get(question) != Holding.CONDITIONAL)
                .toList();
        for (int from = 0; from < asked.size(); from += EACH) {
            List<TupleKey> some = asked.subList(from, Math.min(asked.size(), from + EACH));
            List<Holding> said = ask(some);
            for (int i = 0; i < some.size(); i++) {
                Holding here = answers.put(some.get(i), said.get(i));
                if (here != said.get(i)) {
                    differences.put(some.get(i), words(said.get(i)) + ", " + words(here) + " here");
                }
            }
            progress.accept(from + some.size());
        }
        return answers;
    }

    /**
     * Where the two do not agree.
     *
     * @return what the server says and what this process says, by question
     */
    public Map<TupleKey, String> differences() {
        return Collections.unmodifiableMap(differences);
    }

    private List<Holding> ask(List<TupleKey> questions) {
        ObjectNode body = Json.object();
        ArrayNode checks = body.putArray("checks");
        for (TupleKey question : questions) {
            ObjectNode check = checks.addObject().put("correlation_id", String.valueOf(checks.size()));
            check.set("tuple_key", TrialStore.json(question));
            check.set("context", Json.tree(local.context()));
        }
        JsonNode result = server.ask("/batch-check", body).path("result");
        List<Holding> answers = new ArrayList<>();
        for (int i = 1; i <= questions.size(); i++) {
            JsonNode answer = result.path(String.valueOf(i));
            answers.add(holding(answer));
        }
        return answers;
    }

    /** A question that the model has no place for is refused, as a call that asks it is. */
    private static Holding holding(JsonNode answer) {
        if (answer.path("error").hasNonNull("input_error")) {
            return Holding.NO;
        }
        if (answer.isMissingNode() || answer.hasNonNull("error")) {
            return Holding.UNKNOWN;
        }
        return answer.path("allowed").asBoolean() ? Holding.YES : Holding.NO;
    }

    private static String words(Holding holding) {
        return switch (holding) {
            case YES -> "allowed";
            case NO -> "refused";
            case CONDITIONAL, UNKNOWN -> "no answer";
        };
    }
}
