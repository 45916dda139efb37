package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An attribute that begins at one place. */
final class Path implements Attribute {

    private static final long COST = 1;

    private final long start;
    private final Function<LoopScope, Object> base;
    private final List<Qualifier> qualifiers = new ArrayList<>();

    Path(long start, Function<LoopScope, Object> base) {
        this.start = start;
        this.base = base;
    }

    @Override
    public long id() {
        return qualifiers.isEmpty()
                ? start
                : qualifiers.get(qualifiers.size() - 1).id();
    }

    @Override
    public void add(Qualifier qualifier) {
        qualifiers.add(qualifier);
    }

    @Override
    public Object resolve(LoopScope scope) {
        Object value = base.apply(scope);
        for (int i = 0; i < qualifiers.size() && !(value instanceof Failure); i++) {
            value = qualifiers.get(i).select(scope, value);
        }
        return value;
    }

    @Override
    public void count(Cost cost) {
        cost.drop(id());
        cost.add(COST);
    }
}
