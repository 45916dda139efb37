package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.StoreAdministration;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ModelClockTest {

    private static final String WITH = "{\"conditions\":{\"until\":{\"parameters\":"
            + "{\"current_time\":{\"type_name\":\"TYPE_NAME_TIMESTAMP\"}}}}}";
    private static final String WITHOUT =
            "{\"conditions\":{\"x\":{\"parameters\":" + "{\"current_time\":{\"type_name\":\"TYPE_NAME_STRING\"}}}}}";

    private final StoreAdministration store = mock(StoreAdministration.class);
    private long now;
    private final ModelClock clock = new ModelClock(store, () -> now, Duration.ofSeconds(10));

    @Test
    void saysYesUntilItHasSeenTheModel() {
        CompletableFuture<ModelDocument> later = new CompletableFuture<>();
        when(store.currentModel()).thenReturn(later);
        assertThat(clock.getAsBoolean()).isTrue();
        assertThat(clock.getAsBoolean()).isTrue();
        later.complete(new ModelDocument("1", WITHOUT));
        assertThat(clock.getAsBoolean()).isFalse();
        verify(store, times(1)).currentModel();
    }

    @Test
    void seesANewModelAfterTheIntervalAndNotBefore() {
        model("1", WITHOUT);
        clock.getAsBoolean();
        assertThat(clock.getAsBoolean()).isFalse();
        model("2", WITH);
        assertThat(clock.getAsBoolean()).isFalse();
        now += Duration.ofSeconds(10).toNanos();
        clock.getAsBoolean();
        assertThat(clock.getAsBoolean()).isTrue();
    }

    @Test
    void staysWithWhatItKnowsWhileTheStoreIsAway() {
        model("1", WITHOUT);
        clock.getAsBoolean();
        when(store.currentModel())
                .thenReturn(CompletableFuture.failedFuture(
                        new BackendException(BackendException.Problem.UNAVAILABLE, "away")));
        now += Duration.ofSeconds(10).toNanos();
        assertThat(clock.getAsBoolean()).isFalse();
        model("2", WITH);
        now += Duration.ofSeconds(10).toNanos();
        clock.getAsBoolean();
        assertThat(clock.getAsBoolean()).isTrue();
    }

    @Test
    void aModelThatCannotBeReadMayWantTheTime() {
        model("1", "{");
        clock.getAsBoolean();
        assertThat(clock.getAsBoolean()).isTrue();
    }

    private void model(String id, String json) {
        when(store.currentModel()).thenReturn(CompletableFuture.completedFuture(new ModelDocument(id, json)));
    }
}
