package io.mcpaccess.guard.proxy.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UsesTest {
    private final Uses uses = new Uses();
    private final AtomicInteger given = new AtomicInteger();

    @Test
    void givesBackBehindTheLastThatIsUnderWay() {
        uses.begin();
        uses.begin();
        uses.end();
        uses.replaced(given::incrementAndGet);
        assertThat(given).hasValue(0);
        assertThat(uses.begin()).as("a request that found it just before").isTrue();
        uses.end();
        assertThat(given).hasValue(0);
        uses.end();
        assertThat(given).hasValue(1);
        assertThat(uses.begin()).isFalse();
    }

    @Test
    void givesBackAtOnceWhereNobodyIsThere() {
        uses.begin();
        uses.end();
        uses.replaced(given::incrementAndGet);
        assertThat(given).hasValue(1);
        assertThat(uses.begin()).isFalse();
    }
}
