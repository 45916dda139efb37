package io.mcpaccess.openfga.embedded.evaluation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Users on the way to the answer of ListUsers. Everyone ({@code type:*}) may be in the set while single users are known
 * not to be: OpenFGA carries those along as users without the relation, and so does this.
 */
final class FoundUserSet {

    /** Whether a user that is named has the relation. */
    enum Status {
        RELATED,
        NOT_RELATED
    }

    private record Found(Status status, Set<String> excluded) {}

    private final String everyone;
    private final Map<String, Found> users = new LinkedHashMap<>();

    FoundUserSet(String type) {
        everyone = type + ":*";
    }

    Stream<String> related() {
        return users.entrySet().stream()
                .filter(user -> user.getValue().status() == Status.RELATED)
                .map(Map.Entry::getKey);
    }

    void add(String user, Status status) {
        add(user, status, Set.of());
    }

    /** Of two mentions of one user, the one that grants wins: mentions come from alternatives. */
    private void add(String user, Status status, Set<String> excluded) {
        users.merge(user, new Found(status, excluded), (old, now) -> {
            Set<String> both = new HashSet<>(old.excluded());
            both.addAll(now.excluded());
            return new Found(old.status() == Status.RELATED ? Status.RELATED : now.status(), both);
        });
    }

    void addUnion(List<FoundUserSet> operands) {
        Map<String, Integer> exclusions = new HashMap<>();
        Set<String> found = new HashSet<>();
        for (FoundUserSet operand : operands) {
            operand.excluded().forEach(user -> exclusions.merge(user, 1, Integer::sum));
            operand.related().forEach(found::add);
        }
        Set<String> excludedByAll = new HashSet<>();
        exclusions.forEach((user, count) -> {
            if (count == operands.size()) {
                excludedByAll.add(user);
            }
        });
        found.forEach(user -> add(user, Status.RELATED, excludedByAll));
    }

    void addIntersection(List<FoundUserSet> operands) {
        Map<String, Integer> counts = new HashMap<>();
        Set<String> excluded = new HashSet<>();
        int wildcards = 0;
        for (FoundUserSet operand : operands) {
            operand.excluded().forEach(excluded::add);
            boolean all = operand.isRelated(everyone);
            wildcards += all ? 1 : 0;
            operand.related().forEach(user -> counts.merge(user, all ? 0 : 1, Integer::sum));
        }
        for (Map.Entry<String, Integer> user : counts.entrySet()) {
            if (user.getValue() + wildcards == operands.size() && !excluded.contains(user.getKey())) {
                add(user.getKey(), Status.RELATED, excluded);
            }
        }
    }

    void addExclusion(FoundUserSet base, FoundUserSet subtract) {
        boolean all = base.users.containsKey(everyone);
        boolean noneLeft = subtract.users.containsKey(everyone);
        base.users.forEach((user, found) -> {
            if (all) {
                addOfEveryone(user, subtract);
            } else if (noneLeft || subtract.users.containsKey(user)) {
                addOfSubtracted(user, subtract);
            } else {
                add(user, found.status());
            }
        });
    }

    private void addOfEveryone(String user, FoundUserSet subtract) {
        boolean subtracted = subtract.users.containsKey(user);
        if (!subtracted && !subtract.users.containsKey(everyone)) {
            add(user, Status.RELATED);
        }
        subtract.users.forEach((other, found) -> {
            if (other.endsWith(":*")) {
                if (!subtracted) {
                    add(user, Status.NOT_RELATED);
                }
            } else if (found.status() == Status.NOT_RELATED) {
                add(other, Status.RELATED);
            } else {
                add(other, Status.NOT_RELATED, Set.of(other));
            }
        });
    }

    private void addOfSubtracted(String user, FoundUserSet subtract) {
        Found found = subtract.users.get(user);
        boolean without = found == null || found.status() == Status.RELATED;
        add(user, without ? Status.NOT_RELATED : Status.RELATED);
    }

    private boolean isRelated(String user) {
        Found found = users.get(user);
        return found != null && found.status() == Status.RELATED;
    }

    private Stream<String> excluded() {
        return users.values().stream()
                .flatMap(found -> found.excluded().stream())
                .distinct();
    }
}
