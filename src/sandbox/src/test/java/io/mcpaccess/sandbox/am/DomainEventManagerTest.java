package io.mcpaccess.sandbox.am;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.am.common.event.Action;
import io.gravitee.am.common.event.ProtectedResourceEvent;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.model.common.event.Payload;
import io.gravitee.common.event.EventListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainEventManagerTest {
    private final DomainEventManager events = new DomainEventManager();
    private final List<String> heard = new ArrayList<>();
    private final EventListener<ProtectedResourceEvent, Payload> listener =
            event -> heard.add(event.type() + " " + event.content().getId());

    @Test
    void listenerHearsItsOwnDomainAlone() {
        events.subscribeForEvents(listener, ProtectedResourceEvent.class, "demo");

        events.publishEvent(ProtectedResourceEvent.UPDATE, payload("1", "demo"));
        events.publishEvent(ProtectedResourceEvent.UPDATE, payload("2", "other"));

        assertThat(heard).containsExactly("UPDATE 1");
    }

    @Test
    void listenerThatLeftHearsNothing() {
        events.subscribeForEvents(listener, ProtectedResourceEvent.class, "demo");
        events.unsubscribeForEvents(listener, ProtectedResourceEvent.class, "demo");

        events.publishEvent(ProtectedResourceEvent.DEPLOY, payload("1", "demo"));

        assertThat(heard).isEmpty();
    }

    @Test
    void listenerThatFailsDoesNotSilenceTheNext() {
        EventListener<ProtectedResourceEvent, Payload> broken = event -> {
            throw new IllegalStateException("broken on purpose");
        };
        events.subscribeForEvents(broken, ProtectedResourceEvent.class, "demo");
        events.subscribeForEvents(listener, ProtectedResourceEvent.class, "demo");

        events.publishEvent(ProtectedResourceEvent.DEPLOY, payload("1", "demo"));

        assertThat(heard).containsExactly("DEPLOY 1");
    }

    private static Payload payload(String id, String domain) {
        return new Payload(id, ReferenceType.DOMAIN, domain, Action.UPDATE);
    }
}
