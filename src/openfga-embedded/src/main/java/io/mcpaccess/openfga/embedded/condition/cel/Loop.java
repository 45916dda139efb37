package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Collection;

/** A loop over a list or over the keys of a map, which a macro such as {@code all} or {@code filter} is made of. */
final class Loop implements Part {

    private final long id;
    private final Part range;
    private final Part initial;
    private Part condition;
    private Part step;
    private Part result;

    Loop(long id, Part range, Part initial) {
        this.id = id;
        this.range = range;
        this.initial = initial;
    }

    /** The parts that are compiled inside the loop, which has to exist for that. */
    void complete(Part whileTrue, Part next, Part atTheEnd) {
        condition = whileTrue;
        step = next;
        result = atTheEnd;
    }

    Part initial() {
        return initial;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Object evaluate(LoopScope scope) {
        Object value = compute(scope);
        scope.cost().drop(range.id());
        return scope.cost().push(id, value);
    }

    private Object compute(LoopScope scope) {
        Object over = range.evaluate(scope);
        if (over instanceof Failure) {
            return over;
        }
        Collection<Object> items;
        if (over instanceof CelList list) {
            items = list.items();
        } else if (over instanceof CelMap map) {
            items = map.keys();
        } else {
            return Failure.NO_OVERLOAD;
        }
        LoopScope inside = scope.enter(this);
        for (Object item : items) {
            inside.setItem(item);
            if (Boolean.FALSE.equals(condition.evaluate(inside))) {
                break;
            }
            inside.setAccumulated(step.evaluate(inside));
        }
        return result.evaluate(inside);
    }
}
