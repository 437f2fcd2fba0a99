package duka.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Span;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class JsonLogsTest {

    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void a_line_has_its_order_and_its_trace(CapturedOutput output) {
        var order = UUID.randomUUID();
        try (var program =
                new SpringApplicationBuilder(EndpointTest.Program.class)
                        .web(WebApplicationType.NONE)
                        .properties(
                                EndpointTest.ENDPOINT,
                                "management.tracing.export.otlp.enabled=false",
                                "logging.structured.format.console=ecs")
                        .run()) {
            program.getBean(Traces.class)
                    .during(
                            List.of(
                                    new Traces.Piece(
                                            Span.Kind.CONSUMER,
                                            "OrderPlaced",
                                            Map.of(),
                                            Traces.ORDER,
                                            order,
                                            "00-%s-b7ad6b7169203331-01".formatted(TRACE))),
                            () -> LoggerFactory.getLogger("duka").info("heard"));
        }

        assertThat(output.getOut().lines().filter(line -> line.contains("\"heard\"")).findFirst())
                .hasValueSatisfying(
                        line ->
                                assertThat(line)
                                        .startsWith("{")
                                        .contains("\"orderId\":\"%s\"".formatted(order))
                                        .contains("\"traceId\":\"%s\"".formatted(TRACE))
                                        .contains("\"spanId\":"));
    }
}
