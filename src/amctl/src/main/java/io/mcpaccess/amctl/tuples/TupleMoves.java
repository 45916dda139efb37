package io.mcpaccess.amctl.tuples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.tuples.ToolForm.Named;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans how a store's tuples get from one form of naming tools to the other, conditions kept. While the engine still reads the
 * old form, a tuple is copied and nothing is taken away; once it reads the new one, the old tuple means nothing and is removed.
 * So the same call before and after the engine's setting is changed moves everything, and nobody loses a permission in between.
 */
public final class TupleMoves {
    private static final String USERSET = "#";

    private final ToolForm to;
    private final boolean isRead;
    private final JsonNode servers;
    private final Set<String> present = new HashSet<>();
    private final List<Move> moves = new ArrayList<>();

    /** What happens to a tuple. */
    public enum Change {
        /** Its copy in the new form is written; it stays. */
        COPIED,
        /** Its copy is written, and it is removed. */
        MOVED,
        /** Its copy is there already; it is removed. */
        REMOVED,
        /** Its copy is there already; it stays until the engine reads the new form. */
        UNCHANGED,
        /** It cannot be moved; the reason says what to do. */
        REFUSED
    }

    /**
     * One tuple.
     *
     * @param from as it is, AM's members user, relation, object and condition
     * @param to as it will be; the same as {@code from} where it is refused
     * @param change what happens to it
     * @param reason why it is refused, else empty
     */
    public record Move(JsonNode from, JsonNode to, Change change, String reason) {
        /** @return whether the new tuple has to be written */
        public boolean adds() {
            return change == Change.COPIED || change == Change.MOVED;
        }

        /** @return whether the old tuple has to be removed */
        public boolean removes() {
            return change == Change.MOVED || change == Change.REMOVED;
        }
    }

    /**
     * Plans.
     *
     * @param tuples all of the store
     * @param servers the registry's list of MCP servers with their tools
     * @param to the form that is wanted
     * @param engine the form that the engine reads
     */
    public TupleMoves(List<JsonNode> tuples, JsonNode servers, ToolForm to, ToolForm engine) {
        this.to = to;
        this.isRead = to == engine;
        this.servers = servers;
        tuples.forEach(tuple -> present.add(key(tuple)));
        tuples.forEach(tuple -> plan(tuple).ifPresent(moves::add));
    }

    /**
     * The plan.
     *
     * @return one entry for each tuple that names a registered tool in the old form
     */
    public List<Move> moves() {
        return List.copyOf(moves);
    }

    private Optional<Move> plan(JsonNode tuple) {
        String user = tuple.path("user").asText();
        int hash = user.indexOf(USERSET);
        String userObject = hash < 0 ? user : user.substring(0, hash);
        String object = tuple.path("object").asText();
        List<Named> asObject = to.other().read(object, servers);
        List<Named> asUser = to.other().read(userObject, servers);
        if (asObject.isEmpty() && asUser.isEmpty()) {
            return Optional.empty();
        }
        for (List<Named> each : List.of(asObject, asUser)) {
            Optional<String> problem = problem(each);
            if (problem.isPresent()) {
                return Optional.of(new Move(tuple, tuple, Change.REFUSED, problem.get()));
            }
        }
        ObjectNode moved = tuple.deepCopy();
        if (!asObject.isEmpty()) {
            moved.put("object", name(asObject.get(0)));
        }
        if (!asUser.isEmpty()) {
            moved.put("user", name(asUser.get(0)) + (hash < 0 ? "" : user.substring(hash)));
        }
        boolean isThere = present.contains(key(moved));
        Change change = isRead ? isThere ? Change.REMOVED : Change.MOVED : isThere ? Change.UNCHANGED : Change.COPIED;
        return Optional.of(new Move(tuple, moved, change, ""));
    }

    private String name(Named tool) {
        return to.name(tool.server(), tool.tool());
    }

    private Optional<String> problem(List<Named> named) {
        if (named.isEmpty()) {
            return Optional.empty();
        }
        List<String> sharing = ToolForm.serversWith(named.get(0).tool(), servers);
        if (sharing.size() < 2) {
            return Optional.empty();
        }
        String whose = named.get(0).tool() + " is a tool of " + String.join(" and ", sharing);
        return Optional.of(
                to == ToolForm.QUALIFIED
                        ? whose + "; write the tuple for the one that is meant by hand"
                        : whose + "; without the server's name its permission would open both, or none");
    }

    private static String key(JsonNode tuple) {
        return tuple.path("user").asText() + " " + tuple.path("relation").asText() + " "
                + tuple.path("object").asText();
    }
}
