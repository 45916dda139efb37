package io.mcpaccess.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SoakTest {

    @Test
    void aHeapThatFillsUpFirstAndStaysThenDoesNotGrow() {
        assertThat(Soak.growth(List.of(10.0, 20.0, 40.0, 42.0, 41.0, 40.0, 41.0, 41.0)))
                .isCloseTo(1, within(0.01));
    }

    @Test
    void aHeapThatGoesOnGrowingIsSeen() {
        assertThat(Soak.growth(List.of(10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0)))
                .isGreaterThan(2);
    }

    @Test
    void tooFewLinesSayNothing() {
        assertThat(Soak.growth(List.of(10.0, 20.0))).isNaN();
    }
}
