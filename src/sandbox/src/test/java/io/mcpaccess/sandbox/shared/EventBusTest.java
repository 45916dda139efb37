package io.mcpaccess.sandbox.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventBusTest {
    private final EventBus bus = new EventBus();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        bus.close();
    }

    @Test
    void messagesArriveInOrderAndByTopic() throws Exception {
        bus.subscribe("a", heard::add);

        IntStream.range(0, 100).forEach(i -> {
            bus.publish("b", "other");
            bus.publish("a", String.valueOf(i));
        });

        for (int i = 0; i < 100; i++) {
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(String.valueOf(i));
        }
    }

    @Test
    void endedSubscriptionHearsNothing() throws Exception {
        EventBus.Subscription subscription = bus.subscribe("a", message -> heard.add("gone"));
        subscription.close();
        bus.subscribe("a", heard::add);

        bus.publish("a", "here");

        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("here");
    }

    @Test
    void aSlowBusDeliversLaterAndInOrder() throws Exception {
        try (EventBus slow = new EventBus(Duration.ofMillis(300))) {
            slow.subscribe("a", heard::add);
            long published = System.nanoTime();
            slow.publish("a", "first");
            slow.publish("a", "second");

            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("first");
            assertThat(Duration.ofNanos(System.nanoTime() - published)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("second");
        }
    }

    @Test
    void publishingAfterTheEndIsHarmless() {
        bus.close();

        bus.publish("a", "late");

        assertThat(heard).isEmpty();
    }
}
