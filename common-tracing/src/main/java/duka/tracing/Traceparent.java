package duka.tracing;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in which trace something stands, as W3C's Trace Context writes it.
 *
 * @param text well formed
 */
record Traceparent(String text) {

    private static final Pattern FORM =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;

    static String of(TraceContext context) {
        var sampled = Boolean.TRUE.equals(context.sampled());
        return "00-%s-%s-%s".formatted(context.traceId(), context.spanId(), sampled ? "01" : "00");
    }

    /** None of what is not as it should be: no work fails for that. */
    static @Nullable Traceparent parse(@Nullable String text) {
        return text != null && FORM.matcher(text).matches() ? new Traceparent(text) : null;
    }

    TraceContext context(Tracer tracer) {
        return tracer.traceContextBuilder()
                .traceId(text.substring(TRACE, SPAN - 1))
                .spanId(text.substring(SPAN, FLAGS - 1))
                .sampled((Integer.parseInt(text.substring(FLAGS), 16) & 1) == 1)
                .build();
    }
}
