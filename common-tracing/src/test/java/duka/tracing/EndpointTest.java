package duka.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class EndpointTest {

    static final String ENDPOINT =
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:9/v1/traces";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Program {}

    @Test
    void without_an_endpoint_there_is_nothing_that_makes_traces() {
        try (var program = start()) {
            assertThat(program.getBeansOfType(Tracer.class)).isEmpty();
            assertThat(program.getBeansOfType(OpenTelemetrySdk.class)).isEmpty();
            assertThat(program.getEnvironment().getProperty(Endpoint.IS_THERE)).isEqualTo("false");
            assertThat(program.getBeansOfType(Traces.class)).hasSize(1);
        }
    }

    @Test
    void with_one_there_is() {
        try (var program = start(ENDPOINT)) {
            assertThat(program.getBeansOfType(Tracer.class)).hasSize(1);
            assertThat(program.getBean(ContextPropagators.class).getTextMapPropagator().fields())
                    .contains("traceparent");
            assertThat(program.getEnvironment().getProperty(Endpoint.IS_THERE)).isEqualTo("true");
        }
    }

    @Test
    void an_empty_address_is_none() {
        try (var program = start(ENDPOINT.replaceAll("=.*", "="))) {
            assertThat(program.getBeansOfType(Tracer.class)).isEmpty();
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Program.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run();
    }
}
