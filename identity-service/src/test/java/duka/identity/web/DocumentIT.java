package duka.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import duka.identity.WholeService;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API document says of this service, for those who generate clients from it. */
@WholeService
class DocumentIT {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    @Autowired MockMvcTester http;
    @Autowired JsonMapper json;

    private record Operation(String name, JsonNode of) {}

    @Test
    void every_operation_has_an_id_of_its_own_and_a_summary() throws Exception {
        assertThat(operations())
                .extracting(operation -> operation.of().path("operationId").asString())
                .doesNotContain("")
                .doesNotHaveDuplicates();
        assertThat(operations())
                .allSatisfy(
                        operation ->
                                assertThat(operation.of().path("summary").asString())
                                        .as(operation.name())
                                        .isNotEmpty());
    }

    @Test
    void every_operation_says_what_it_answers() throws Exception {
        assertThat(operations())
                .allSatisfy(
                        operation -> {
                            var good =
                                    operation.of().path("responses").properties().stream()
                                            .filter(response -> response.getKey().startsWith("2"))
                                            .toList();
                            assertThat(good).as(operation.name()).hasSize(1);
                            var answer = good.getFirst();
                            assertThat(answer.getValue().findValue("schema") != null)
                                    .as(operation.name())
                                    .isEqualTo(!answer.getKey().equals("204"));
                        });
    }

    @Test
    void who_asks_is_not_asked_for() throws Exception {
        assertThat(operations())
                .allSatisfy(
                        operation ->
                                assertThat(operation.of().path("parameters").toString())
                                        .as(operation.name())
                                        .doesNotContain(
                                                "actor\",\"in\":\"query\",\"required\":true")
                                        .doesNotContain("schemas/Actor"));
    }

    private List<Operation> operations() throws UnsupportedEncodingException {
        var document =
                json.readTree(
                        http.get()
                                .uri("/v3/api-docs")
                                .exchange()
                                .getResponse()
                                .getContentAsString());
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue().properties().stream()
                                        .filter(entry -> METHODS.contains(entry.getKey()))
                                        .forEach(
                                                entry ->
                                                        operations.add(
                                                                new Operation(
                                                                        entry.getKey()
                                                                                + " "
                                                                                + path.getKey(),
                                                                        entry.getValue()))));
        return operations;
    }
}
