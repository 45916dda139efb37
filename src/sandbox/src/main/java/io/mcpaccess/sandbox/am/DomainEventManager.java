package io.mcpaccess.sandbox.am;

import io.gravitee.am.common.event.EventManager;
import io.gravitee.am.model.common.event.Payload;
import io.gravitee.common.event.Event;
import io.gravitee.common.event.EventListener;
import io.gravitee.common.event.impl.EventManagerImpl;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AM's EventManager: gravitee-common's, with listeners that hear one domain and can leave. Safe for any thread. */
@SuppressWarnings("rawtypes")
public final class DomainEventManager extends EventManagerImpl implements EventManager {
    private static final Logger LOG = LoggerFactory.getLogger(DomainEventManager.class);

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    @Override
    public <T extends Enum> void subscribeForEvents(EventListener<T, ?> listener, Class<T> events, String domain) {
        subscribers.add(new Subscriber(listener, events, domain));
    }

    @Override
    public <T extends Enum> void unsubscribeForEvents(EventListener<T, ?> listener, Class<T> events, String domain) {
        subscribers.removeIf(s ->
                s.listener() == listener && s.events() == events && s.domain().equals(domain));
    }

    @Override
    public void publishEvent(Event event) {
        super.publishEvent(event);
        if (event.content() instanceof Payload payload) {
            subscribers.stream()
                    .filter(s -> s.events() == event.type().getDeclaringClass())
                    .filter(s -> s.domain().equals(payload.getReferenceId()))
                    .forEach(s -> deliver(s, event));
        }
    }

    @SuppressWarnings("unchecked")
    private static void deliver(Subscriber subscriber, Event event) {
        try {
            subscriber.listener().onEvent(event);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on {}", event.type(), e);
        }
    }

    private record Subscriber(EventListener listener, Class<?> events, String domain) {}
}
