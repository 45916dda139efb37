package io.mcpaccess.registry.impact;

import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.TupleKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The tools of both sides, and the fewest checks that answer for all of them: tools whose objects have the same tuples share one.
 *
 * @param all every tool, by server and key
 * @param checks the checks to ask, the user left open
 */
record Places(List<Place> all, List<CheckPair> checks) {

    /** By the check that answers for them, the places where permissions alone can make a difference. */
    Map<Integer, List<Integer>> byCheck() {
        Map<Integer, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isSameKind()) {
                places.computeIfAbsent(all.get(i).check(), each -> new ArrayList<>())
                        .add(i);
            }
        }
        return places;
    }

    /** The places where something else makes a difference, for whoever it is. */
    List<Integer> others() {
        return IntStream.range(0, all.size())
                .filter(place -> !all.get(place).isSameKind())
                .boxed()
                .toList();
    }

    /** A tool, and which check answers for it. */
    record Place(Optional<SideTool> before, Optional<SideTool> after, int check) {

        SideTool any() {
            return after.or(() -> before).orElseThrow();
        }

        /** Whether permissions alone can make a difference. */
        boolean isSameKind() {
            return kind(before).equals(kind(after));
        }

        private static List<Boolean> kind(Optional<SideTool> sideTool) {
            return sideTool.map(each -> List.of(
                            each.isAmbiguous(), each.isShadowed(), each.call().isPresent()))
                    .orElse(List.of());
        }
    }

    /** The same check on both sides; a side without the tool has none. */
    record CheckPair(Optional<TupleKey> before, Optional<TupleKey> after) {}

    static Places of(ImpactSide before, ImpactSide after) {
        Map<List<String>, SideTool> was = SideTool.of(before);
        Map<List<String>, SideTool> is = SideTool.of(after);
        Set<List<String>> keys = new LinkedHashSet<>(was.keySet());
        keys.addAll(is.keySet());
        Groups groupsBefore = new Groups(before.permissions());
        Groups groupsAfter =
                before.permissions() == after.permissions() ? groupsBefore : new Groups(after.permissions());
        Map<List<Object>, Integer> numbers = new HashMap<>();
        List<CheckPair> checks = new ArrayList<>();
        List<Place> all = new ArrayList<>();
        for (List<String> key : keys) {
            Optional<SideTool> toolBefore = Optional.ofNullable(was.get(key));
            Optional<SideTool> toolAfter = Optional.ofNullable(is.get(key));
            CheckPair pair = new CheckPair(toolBefore.flatMap(SideTool::call), toolAfter.flatMap(SideTool::call));
            List<Object> kind = List.of(groupsBefore.of(pair.before()), groupsAfter.of(pair.after()));
            int check = numbers.computeIfAbsent(kind, each -> {
                checks.add(pair);
                return checks.size() - 1;
            });
            all.add(new Place(toolBefore, toolAfter, check));
        }
        all.sort(Comparator.comparing((Place place) -> place.any().server().name())
                .thenComparing(place -> place.any().tool().key()));
        return new Places(all, checks);
    }

    /** The groups of one side, read when they are needed. */
    private static final class Groups {

        private final StoreSnapshot snapshot;
        private final Map<String, Map<String, Integer>> byType = new LinkedHashMap<>();

        Groups(StoreSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        /** What two checks must have in common to have one answer: type, relation and group of the object. */
        List<Object> of(Optional<TupleKey> check) {
            return check.<List<Object>>map(key -> {
                        String type = key.object().substring(0, key.object().indexOf(':'));
                        int group =
                                byType.computeIfAbsent(type, snapshot::groups).getOrDefault(key.object(), 0);
                        return List.of(type, key.relation(), group);
                    })
                    .orElse(List.of());
        }
    }
}
