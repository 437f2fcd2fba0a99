package duka.messaging;

import duka.events.Event;
import java.lang.reflect.Method;
import java.util.List;
import org.springframework.core.ResolvableType;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpoint;
import org.springframework.kafka.config.MethodKafkaListenerEndpoint;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Makes the container of every listener, which hears just the events that it takes a List of. */
class ListenerContainers extends ConcurrentKafkaListenerContainerFactory<Object, Object> {

    private final Deliveries deliveries;

    ListenerContainers(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    protected void customizeContainer(
            ConcurrentMessageListenerContainer<Object, Object> container,
            KafkaListenerEndpoint endpoint) {
        super.customizeContainer(container, endpoint);
        if (!(endpoint instanceof MethodKafkaListenerEndpoint<?, ?> listener)) {
            throw new IllegalStateException("%s is no method".formatted(endpoint.getId()));
        }
        deliveries.standBefore(container, declaredBy(listener.getMethod()));
    }

    private static Class<? extends Event> declaredBy(Method listener) {
        var heard =
                listener.getParameterCount() == 1
                        ? ResolvableType.forMethodParameter(listener, 0)
                        : ResolvableType.NONE;
        var each = heard.getGeneric();
        var event = (each.resolve() == Said.class ? each.getGeneric() : each).toClass();
        if (heard.resolve() != List.class || !Event.class.isAssignableFrom(event)) {
            throw new IllegalStateException("%s takes no List of events".formatted(listener));
        }
        return event.asSubclass(Event.class);
    }
}
