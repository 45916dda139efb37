package io.mcpaccess.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {

    @Test
    void aGoalIsMetUpToItsLimit() {
        assertThat(Goal.atMost(0.8, "x", "cost", 0.8).isMet()).isTrue();
        assertThat(Goal.atMost(0.8, "x", "cost", 0.81).isMet()).isFalse();
        assertThat(Goal.atLeast(2, "x", "throughput", 2).isMet()).isTrue();
        assertThat(Goal.atLeast(2, "x", "throughput", 1.99).isMet()).isFalse();
    }

    @Test
    void whatWasNotMeasuredIsNotMet() {
        assertThat(Goal.atMost(0.8, "x", "cost", Double.NaN).isMet()).isFalse();
        assertThat(Goal.atLeast(0.8, "x", "cost", Double.NaN).isMet()).isFalse();
        assertThat(Goal.atMost(0.8, "x", "cost", Double.NaN).toString()).endsWith("MISSED");
    }
}
