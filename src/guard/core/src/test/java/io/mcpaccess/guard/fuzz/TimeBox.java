package io.mcpaccess.guard.fuzz;

import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Ends a property that holds after {@code fuzz.seconds}, however many tries it has left. The other modules share one of their own: the
 * guard is built and installed without any of them, its tests too.
 */
final class TimeBox implements AroundTryHook {
    private static final long NANOS = Long.getLong("fuzz.seconds", 3) * 1_000_000_000L;

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        long start = Store.getOrCreate("fuzz start", Lifespan.PROPERTY, System::nanoTime)
                .get();
        TryExecutionResult result = aTry.execute(parameters);
        return result.isSatisfied() && System.nanoTime() - start > NANOS ? TryExecutionResult.satisfied(true) : result;
    }
}
