package io.mcpaccess.authzen.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTimeTest {

    private final SearchTime time =
            new SearchTime(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofMillis(10_200));

    @ParameterizedTest
    @CsvSource({"50, 5000", "500, 5000", "1000, 5000", "1500, 6000", "10000, 23000", "60000, 23400"})
    void followsTheEnginesDeadline(long deadline, long limit) {
        assertThat(time.limit(Optional.of(Duration.ofMillis(deadline)))).hasMillis(limit);
    }

    @Test
    void anEngineThatSaysNoDeadlineHasTheLeast() {
        assertThat(time.limit(Optional.empty())).hasSeconds(5);
        assertThat(time.longest()).hasMillis(23_400);
    }
}
