package io.gravitee.am.common.event;

import io.gravitee.common.event.EventListener;

/**
 * AM's event bus with subscriptions per domain. A protocol that subscribes must unsubscribe when it stops.
 */
@SuppressWarnings("rawtypes")
public interface EventManager extends io.gravitee.common.event.EventManager {
    <T extends Enum> void subscribeForEvents(EventListener<T, ?> eventListener, Class<T> events, String domain);

    <T extends Enum> void unsubscribeForEvents(EventListener<T, ?> eventListener, Class<T> events, String domain);
}
