package io.mcpaccess.openfga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private final RuntimeException itself = new IllegalStateException("itself");

    @Test
    void everyWrapperIsTakenOff() {
        assertThat(Failures.unwrapped(new CompletionException(new ExecutionException(new CompletionException(itself)))))
                .isSameAs(itself);
    }

    @Test
    void aFailureWithoutWrapperStays() {
        RuntimeException withCause = new IllegalArgumentException("with a cause", itself);

        assertThat(Failures.unwrapped(withCause)).isSameAs(withCause);
    }

    @Test
    void aWrapperOfNothingStays() {
        CompletionException empty = new CompletionException("empty", null);

        assertThat(Failures.unwrapped(empty)).isSameAs(empty);
    }
}
