package duka.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.SpanFilter;
import io.micrometer.tracing.otel.bridge.OtelFinishedSpan;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpHttpSpanExporterBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives every program its traces, and sees to it that they tell nothing about anybody. */
@AutoConfiguration
class TracingConfiguration {

    @Bean
    Traces traces(ObjectProvider<Tracer> tracer) {
        return new Traces(tracer.getIfAvailable());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(Endpoint.IS_THERE)
    static class WithAnEndpoint {

        /** Nobody waits for a trace, least of all a program that ends. */
        @Bean
        OtlpHttpSpanExporterBuilderCustomizer sentOnce() {
            return exporter -> exporter.setRetryPolicy(null);
        }

        @Bean
        SpanFilter discreetSpans() {
            return span ->
                    OtelFinishedSpan.fromOtel(new DiscreetSpan(OtelFinishedSpan.toOtel(span)));
        }
    }
}
