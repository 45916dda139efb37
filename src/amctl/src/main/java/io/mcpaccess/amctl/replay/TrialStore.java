package io.mcpaccess.amctl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A store of its own in an OpenFGA server, made for a trial and deleted after it. It never touches another store. Not for many
 * threads.
 */
public final class TrialStore implements AutoCloseable {

    /** What one call of OpenFGA's Write takes. */
    private static final int MOST = 100;

    private final FgaServer server;
    private final String path;
    private final List<TupleKey> leftOut = new ArrayList<>();

    private TrialStore(FgaServer server, String path) {
        this.server = server;
        this.path = path;
    }

    /**
     * Copies a store into the server.
     *
     * @param server the server
     * @param store model and tuples
     * @param progress hears how many tuples are there
     * @return the copy
     * @throws CommandFailure where the server does not take the model, or gives no answer; nothing of it stays there
     */
    public static TrialStore copy(FgaServer server, EmbeddedSnapshot store, IntConsumer progress) {
        FgaServer.Reply made = server.call("POST", "/stores", Json.object().put("name", "amctl-replay"));
        String id = made.json().path("id").asText("");
        if (!made.isFine() || !id.matches("[0-9A-Za-z]+")) {
            throw server.failure("a store cannot be made there", made);
        }
        TrialStore copy = new TrialStore(server, "/stores/" + id);
        try {
            copy.fill(store, progress);
            return copy;
        } catch (RuntimeException e) {
            try {
                copy.close();
            } catch (CommandFailure left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private void fill(EmbeddedSnapshot store, IntConsumer progress) {
        FgaServer.Reply added = server.call("POST", path + "/authorization-models", Json.read(store.model()));
        if (!added.isFine()) {
            throw server.failure("it does not take the store's model", added);
        }
        List<StoredTuple> tuples = store.tuples();
        for (int from = 0; from < tuples.size(); from += MOST) {
            List<StoredTuple> some = tuples.subList(from, Math.min(tuples.size(), from + MOST));
            if (!write(some)) {
                some.stream()
                        .filter(tuple -> !write(List.of(tuple)))
                        .map(StoredTuple::key)
                        .forEach(leftOut::add);
            }
            progress.accept(from + some.size());
        }
    }

    /** Whether the server took them; one that the model has no place for keeps all of a call out. */
    private boolean write(List<StoredTuple> tuples) {
        ObjectNode body = Json.object();
        ArrayNode keys = body.putObject("writes").putArray("tuple_keys");
        for (StoredTuple tuple : tuples) {
            ObjectNode key = json(tuple.key());
            tuple.condition()
                    .ifPresent(condition -> key.putObject("condition")
                            .put("name", condition.name())
                            .set("context", Json.tree(condition.context())));
            keys.add(key);
        }
        FgaServer.Reply reply = server.call("POST", path + "/write", body);
        if (!reply.isFine() && reply.status() != 400) {
            throw server.failure("the tuples cannot be written there", reply);
        }
        return reply.isFine();
    }

    /**
     * Tuples that the server does not take, since its model has no place for them: left from a model before, they decide nothing.
     *
     * @return their keys
     */
    public List<TupleKey> leftOut() {
        return List.copyOf(leftOut);
    }

    /**
     * Asks the copy.
     *
     * @param call the path below the store
     * @param body what to ask
     * @return the answer
     * @throws CommandFailure where there is none
     */
    JsonNode ask(String call, JsonNode body) {
        FgaServer.Reply reply = server.call("POST", path + call, body);
        if (!reply.isFine()) {
            throw server.failure("it does not answer questions", reply);
        }
        return reply.json();
    }

    static ObjectNode json(TupleKey key) {
        return Json.object()
                .put("user", key.user())
                .put("relation", key.relation())
                .put("object", key.object());
    }

    /** Deletes the copy. */
    @Override
    public void close() {
        FgaServer.Reply reply = server.call("DELETE", path, null);
        if (!reply.isFine()) {
            throw server.failure("the store " + path.substring("/stores/".length()) + " is left there", reply);
        }
    }
}
