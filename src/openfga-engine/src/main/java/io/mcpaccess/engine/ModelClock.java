package io.mcpaccess.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.core.decision.ConditionClock;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.StoreAdministration;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Knows whether the current model has a condition with the parameter {@code current_time}. Looks at the model while it is
 * asked, at most once in an interval and never while somebody waits; until it has seen one it says yes, which is harmless:
 * OpenFGA passes over what no condition wants.
 */
final class ModelClock implements BooleanSupplier {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoreAdministration store;
    private final LongSupplier nanoTime;
    private final long interval;
    private final AtomicBoolean looking = new AtomicBoolean();

    private volatile Seen seen = new Seen("", true);
    private volatile long lookedAt;

    private record Seen(String modelId, boolean wantsTime) {}

    /**
     * @param store whose model it is
     * @param nanoTime a clock that never goes back, in nanoseconds
     * @param interval how old a look at the model may be
     */
    ModelClock(StoreAdministration store, LongSupplier nanoTime, Duration interval) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.interval = interval.toNanos();
        this.lookedAt = nanoTime.getAsLong() - this.interval;
    }

    @Override
    public boolean getAsBoolean() {
        if (nanoTime.getAsLong() - lookedAt >= interval && looking.compareAndSet(false, true)) {
            lookedAt = nanoTime.getAsLong();
            look();
        }
        return seen.wantsTime();
    }

    /** A store without a model, or away, changes nothing. */
    private void look() {
        try {
            store.currentModel().whenComplete((model, failure) -> {
                if (failure == null && !model.id().equals(seen.modelId())) {
                    seen = new Seen(model.id(), wantsTime(model));
                }
                looking.set(false);
            });
        } catch (RuntimeException closed) {
            looking.set(false);
        }
    }

    private static boolean wantsTime(ModelDocument model) {
        try {
            for (JsonNode condition : JSON.readTree(model.json()).path("conditions")) {
                JsonNode type = condition
                        .path("parameters")
                        .path(ConditionClock.CURRENT_TIME)
                        .path("type_name");
                if (type.asText().equals("TYPE_NAME_TIMESTAMP")) {
                    return true;
                }
            }
            return false;
        } catch (JsonProcessingException unreadable) {
            return true;
        }
    }
}
