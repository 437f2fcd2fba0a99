package duka.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tools that read the API documents stumble over. */
class DocumentIT {

    static Stream<Endpoint> endpoints() {
        return Endpoint.all(TheShop.running().guest()).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void every_operation_has_a_name_a_summary_an_answer_and_each_argument_once(Endpoint endpoint) {
        var operation = endpoint.operation();

        assertThat(operation.path("operationId").asString("")).isNotBlank();
        assertThat(operation.path("summary").asString("")).isNotBlank();
        assertThat(operation.path("responses").propertyNames())
                .anyMatch(status -> status.startsWith("2"));
        assertThat(
                        operation
                                .path("parameters")
                                .valueStream()
                                .map(
                                        parameter ->
                                                parameter.path("in").asString("")
                                                        + " "
                                                        + parameter.path("name").asString("")))
                .doesNotHaveDuplicates();
    }
}
