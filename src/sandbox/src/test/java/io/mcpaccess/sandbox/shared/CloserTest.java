package io.mcpaccess.sandbox.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {
    private final List<String> closed = new ArrayList<>();
    private final Closer closer = new Closer();

    @Test
    void closesEverythingInReverseWhateverFails() {
        closer.add(() -> closed.add("first"));
        closer.add(() -> {
            throw new IllegalStateException("second");
        });
        closer.add(() -> {
            closed.add("third");
            throw new IllegalStateException("third");
        });

        assertThatThrownBy(closer::close)
                .hasMessage("third")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(s -> assertThat(s).hasMessage("second")));
        assertThat(closed).containsExactly("third", "first");
    }

    @Test
    void closesOnce() throws Exception {
        closer.add(() -> closed.add("once"));

        closer.close();
        closer.close();

        assertThat(closed).containsExactly("once");
    }
}
