package io.mcpaccess.sandbox.node;

import io.gravitee.am.common.event.Action;
import io.gravitee.am.common.event.AuthorizationEngineEvent;
import io.gravitee.am.common.event.EventManager;
import io.gravitee.am.common.event.ProtectedResourceEvent;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.model.common.event.Payload;
import io.mcpaccess.sandbox.am.ContentEvent;
import io.mcpaccess.sandbox.data.Change;
import io.mcpaccess.sandbox.shared.EventBus;

/**
 * AM's sync service: turns what another node wrote into events on this one. It runs on the bus's thread, with this node's context class
 * loader, because plugins are made there.
 */
public final class NodeEvents implements AutoCloseable {
    private final EventManager events;
    private final ClassLoader loader;
    private final EventBus.Subscription subscription;

    /**
     * Starts hearing.
     *
     * @param bus the bus between the nodes
     * @param events this node's event manager
     */
    public NodeEvents(EventBus bus, EventManager events) {
        this.events = events;
        this.loader = Thread.currentThread().getContextClassLoader();
        this.subscription = bus.subscribe(Change.TOPIC, message -> hear(Change.parse(message)));
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void hear(Change change) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Payload payload = new Payload(
                    change.id(),
                    ReferenceType.DOMAIN,
                    change.domain(),
                    Action.valueOf(change.action().name()));
            switch (change.type()) {
                case AUTHORIZATION_ENGINE ->
                    events.publishEvent(AuthorizationEngineEvent.valueOf(name(change.action())), payload);
                case PROTECTED_RESOURCE ->
                    events.publishEvent(ProtectedResourceEvent.valueOf(name(change.action())), payload);
                case FLOW -> events.publishEvent(ContentEvent.FLOWS, payload);
                case FORM -> events.publishEvent(ContentEvent.FORMS, payload);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String name(Change.Action action) {
        return switch (action) {
            case CREATE -> "DEPLOY";
            case UPDATE -> "UPDATE";
            case DELETE -> "UNDEPLOY";
        };
    }
}
