package io.mcpaccess.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void aPercentileIsTheTimeWithinWhichSoManyWereAnswered() {
        Latencies latencies = millis(1, 2000);
        assertThat(latencies.millis(50)).isEqualTo(1000);
        assertThat(latencies.millis(95)).isEqualTo(1900);
        assertThat(latencies.millis(99)).isEqualTo(1980);
        assertThat(latencies.millis(100)).isEqualTo(2000);
    }

    @Test
    void whatIsAddedLaterCounts() {
        Latencies latencies = millis(1, 10);
        assertThat(latencies.millis(100)).isEqualTo(10);
        latencies.addAll(millis(11, 20));
        assertThat(latencies.size()).isEqualTo(20);
        assertThat(latencies.millis(50)).isEqualTo(10);
    }

    @Test
    void nothingIsNoTime() {
        assertThat(new Latencies().millis(50)).isNaN();
    }

    private static Latencies millis(int first, int last) {
        Latencies latencies = new Latencies();
        LongStream.rangeClosed(first, last).forEach(each -> latencies.add((first + last - each) * 1_000_000L));
        return latencies;
    }
}
