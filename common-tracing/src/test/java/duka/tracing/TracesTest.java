package duka.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duka.tracing.Traces.Piece;
import io.micrometer.tracing.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TracesTest {

    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    static final String OTHERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    static final String OTHERS = "00-" + OTHERS_TRACE + "-00f067aa0ba902b7-01";

    final Recorder recorder = new Recorder();
    final Traces traces = new Traces(recorder.tracer());
    final UUID order = UUID.randomUUID();
    final UUID other = UUID.randomUUID();

    @Test
    void what_is_done_is_a_span_of_the_trace_that_led_to_it() {
        traces.during(
                piece(order, TRACEPARENT),
                () -> {
                    assertThat(Recorder.trace()).isEqualTo(TRACE);
                    assertThat(MDC.get("orderId")).isEqualTo(order.toString());
                    return order;
                });

        var span = recorder.ended().getFirst();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(span.getName()).isEqualTo("OrderPlaced");
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void what_is_said_of_one_of_many_belongs_to_its_own_trace() {
        var said = new ArrayList<String>();

        traces.during(
                List.of(piece(order, TRACEPARENT), piece(other, OTHERS)),
                () -> {
                    said.add(traces.traceparent(other));
                    said.add(traces.traceparent(order));
                });

        assertThat(said.get(0)).isEqualTo(traceparent(spanOf(OTHERS_TRACE)));
        assertThat(said.get(1)).isEqualTo(traceparent(spanOf(TRACE)));
    }

    @Test
    void a_loop_is_in_the_trace_of_the_item_it_is_at() {
        var logged = new ArrayList<String>();
        var said = new ArrayList<String>();

        traces.during(
                List.of(piece(order, TRACEPARENT), piece(other, OTHERS)),
                () -> {
                    for (var item : traces.each(List.of("one", "two"))) {
                        logged.add(item + Recorder.trace() + MDC.get("orderId"));
                        said.add(traces.traceparent(UUID.randomUUID()));
                    }
                    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
                    assertThat(Recorder.trace()).isNull();
                    assertThat(traces.traceparent(UUID.randomUUID())).isNull();
                });

        assertThat(logged).containsExactly("one" + TRACE + order, "two" + OTHERS_TRACE + other);
        assertThat(said)
                .containsExactly(traceparent(spanOf(TRACE)), traceparent(spanOf(OTHERS_TRACE)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "99-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"
            })
    void without_a_trace_to_go_on_from_a_new_one_begins(String traceparent) {
        traces.during(List.of(piece(order, traceparent)), () -> {});
        Traces.none().during(List.of(piece(order, traceparent)), () -> {});

        assertThat(recorder.ended()).hasSize(1);
        assertThat(recorder.ended().getFirst().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void what_is_not_sampled_is_not_sampled_further_on() {
        var said =
                traces.during(
                        piece(order, TRACEPARENT.replaceAll("01$", "00")),
                        () -> traces.traceparent(order));

        assertThat(said).startsWith("00-" + TRACE).endsWith("-00");
        assertThat(recorder.ended()).isEmpty();
    }

    @Test
    void a_fault_is_seen_and_goes_on() {
        assertThatThrownBy(
                        () ->
                                traces.during(
                                        piece(order, TRACEPARENT),
                                        () -> {
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");

        assertThat(recorder.ended().getFirst().getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void without_a_tracer_traces_of_others_go_on_as_they_are() {
        var handed = new ArrayList<String>();
        var none = Traces.none();

        none.during(
                List.of(piece(order, TRACEPARENT), piece(other, "nonsense")),
                () -> {
                    handed.add(none.traceparent(order));
                    handed.add(none.traceparent(other));
                });

        assertThat(handed).containsExactly(TRACEPARENT, null);
        assertThat(none.traceparent(order)).isNull();
    }

    private SpanData spanOf(String trace) {
        return recorder.ended().stream()
                .filter(span -> span.getTraceId().equals(trace))
                .findFirst()
                .orElseThrow();
    }

    private static String traceparent(SpanData span) {
        return "00-%s-%s-01".formatted(span.getTraceId(), span.getSpanId());
    }

    private static Piece piece(UUID about, String traceparent) {
        return new Piece(
                Span.Kind.CONSUMER,
                "OrderPlaced",
                Map.of("messaging.system", "kafka"),
                Traces.ORDER,
                about,
                traceparent);
    }
}
