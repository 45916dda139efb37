package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * The values that names have at one place of one evaluation: the parameters, and around them one scope for each loop.
 *
 * <p>Belongs to one thread.
 */
final class LoopScope {

    private final LoopScope outer;
    private final Object[] parameters;
    private final Cost cost;
    private final Loop loop;
    private Object item;
    private Object accumulated;

    private LoopScope(LoopScope outer, Object[] parameters, Cost cost, Loop loop) {
        this.outer = outer;
        this.parameters = parameters;
        this.cost = cost;
        this.loop = loop;
    }

    static LoopScope of(Object[] parameters, Cost cost) {
        return new LoopScope(null, parameters, cost, null);
    }

    LoopScope enter(Loop inner) {
        return new LoopScope(this, parameters, cost, inner);
    }

    Cost cost() {
        return cost;
    }

    Object parameter(int index) {
        return parameters[index];
    }

    /** The scope this many loops further out. */
    LoopScope outer(int loops) {
        LoopScope scope = this;
        for (int i = 0; i < loops; i++) {
            scope = scope.outer;
        }
        return scope;
    }

    Object item() {
        return item;
    }

    void setItem(Object next) {
        item = next;
    }

    /** What the loop has come to; what it begins with is evaluated at the first look at it, and counted there. */
    Object accumulated() {
        if (accumulated == null) {
            accumulated = loop.initial().evaluate(outer);
        }
        return accumulated;
    }

    void setAccumulated(Object next) {
        accumulated = next;
    }
}
