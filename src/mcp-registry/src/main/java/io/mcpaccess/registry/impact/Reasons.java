package io.mcpaccess.registry.impact;

import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.StoreSnapshot.Reason;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.impact.Impact.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks why, of the side that lets through: after for who gains, before for who loses. For one thread. */
final class Reasons {

    private final StoreSnapshot before;
    private final StoreSnapshot after;
    private final Map<String, Object> context;
    private final int most;
    private int asked;

    Reasons(StoreSnapshot before, StoreSnapshot after, Map<String, Object> context, int most) {
        this.before = before;
        this.after = after;
        this.context = context;
        this.most = most;
    }

    Optional<Reason> of(Tally.Found found, Places.Place place) {
        boolean isLoss = found.change() == Change.LOSES;
        Optional<SideTool> sideTool = isLoss ? place.before() : place.after();
        if (asked >= most || sideTool.filter(each -> !each.isShadowed()).isEmpty()) {
            return Optional.empty();
        }
        asked++;
        String user = isLoss ? found.kin().before() : found.kin().after();
        return sideTool.flatMap(SideTool::call)
                .map(call ->
                        (isLoss ? before : after).reason(new TupleKey(user, call.relation(), call.object()), context));
    }

    /** The conditions of after, where a call hangs on others than before; empty where they are the same. */
    List<String> newTerms(Kin kin, Places.Place place) {
        List<String> was = terms(before, kin.before(), place.before());
        List<String> is = terms(after, kin.after(), place.after());
        return was.equals(is) ? List.of() : is;
    }

    private List<String> terms(StoreSnapshot store, String user, Optional<SideTool> sideTool) {
        return sideTool.flatMap(SideTool::call)
                .map(call -> store.reason(new TupleKey(user, call.relation(), call.object()), context)
                        .conditions())
                .orElse(List.of());
    }
}
