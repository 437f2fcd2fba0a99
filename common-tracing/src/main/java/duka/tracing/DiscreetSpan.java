package duka.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Set;

/**
 * A span as it may be shown to others: with what is known to tell nothing about anybody, and
 * without the rest. Addresses have people's secrets in them, and so have the words of exceptions.
 */
final class DiscreetSpan extends DelegatingSpanData {

    private static final Set<String> SHOWN =
            Set.of(
                    // Of HTTP: the route, never the address.
                    "method",
                    "uri",
                    "status",
                    "outcome",
                    "exception",
                    "client.name",
                    "http.method",
                    "http.status_code",
                    "spring.cloud.gateway.route.id",
                    // Of Kafka.
                    "messaging.system",
                    "messaging.destination.name",
                    "messaging.consumer.group.name",
                    // Of what was done.
                    "provider",
                    Traces.ORDER,
                    "key");

    private final Attributes shown;

    DiscreetSpan(SpanData span) {
        super(span);
        this.shown =
                span.getAttributes().toBuilder()
                        .removeIf(attribute -> !SHOWN.contains(attribute.getKey()))
                        .build();
    }

    @Override
    public Attributes getAttributes() {
        return shown;
    }

    @Override
    public int getTotalAttributeCount() {
        return shown.size();
    }

    @Override
    public StatusData getStatus() {
        return StatusData.create(super.getStatus().getStatusCode(), "");
    }

    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }
}
