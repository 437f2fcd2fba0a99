package duka.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

@AtTheDoor
class ResilienceIT {

    @Autowired WebTestClient door;
    @Autowired MeterRegistry meters;
    @LocalServerPort int port;

    @BeforeEach
    void reset() {
        Shop.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PATCH"})
    void an_instance_that_was_just_killed_is_passed_by_whatever_is_asked(String method) {
        for (int i = 0; i < 6; i++) {
            door.method(HttpMethod.valueOf(method))
                    .uri("/api/v1/products")
                    .bodyValue("{}")
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void a_read_is_repeated_when_the_answer_is_not_now(int status) {
        once(Routes.ORDER, aResponse().withStatus(status));

        door.get().uri("/api/v1/orders").exchange().expectStatus().isOk();

        Shop.service(Routes.ORDER).verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void a_read_is_repeated_when_the_connection_is_lost() {
        once(Routes.ORDER, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        door.get().uri("/api/v1/orders").exchange().expectStatus().isOk();
    }

    @Test
    void what_a_service_says_for_good_is_passed_on() {
        always(Routes.ORDER, serviceUnavailable().withHeader("Retry-After", "7").withBody("later"));

        door.get()
                .uri("/api/v1/orders")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "7")
                .expectBody(String.class)
                .isEqualTo("later");

        Shop.service(Routes.ORDER).verify(3, getRequestedFor(anyUrl()));
    }

    @Test
    void a_write_that_may_have_been_done_is_never_repeated() {
        once(Routes.ORDER, aResponse().withFault(Fault.EMPTY_RESPONSE));

        door.post()
                .uri("/api/v1/orders/create")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(502)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);

        Shop.service(Routes.ORDER).verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void who_does_not_answer_in_time_is_not_waited_for() {
        always(Routes.CART, ok().withFixedDelay(4000));

        door.get()
                .uri("/api/v1/cart")
                .exchange()
                .expectStatus()
                .isEqualTo(504)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void a_checkout_may_take_its_time() {
        always(Routes.CART, ok("done").withFixedDelay(4000));

        door.post()
                .uri("/api/v1/checkout/confirm")
                .header("Prefer", "wait=10")
                .exchange()
                .expectStatus()
                .isOk();

        Shop.service(Routes.CART)
                .verify(postRequestedFor(anyUrl()).withHeader("Prefer", equalTo("wait=10")));
    }

    @Test
    void a_service_that_keeps_failing_is_left_alone_for_a_moment() {
        always(Routes.PAYMENT, aResponse().withFault(Fault.EMPTY_RESPONSE));

        // What comes from the service is 502; that it is not even asked is what says 503.
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(
                        () ->
                                door.post()
                                        .uri("/api/v1/payments/initiate")
                                        .exchange()
                                        .expectStatus()
                                        .isEqualTo(503)
                                        .expectHeader()
                                        .exists(HttpHeaders.RETRY_AFTER));

        Shop.reset();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> door.get().uri("/api/v1/payments").exchange().expectStatus().isOk());
        // Few ask for it: that alone is no reason to leave it alone again.
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> door.get().uri("/api/v1/payments").exchange().expectStatus().isOk());
    }

    @Test
    void who_does_not_send_what_he_announced_closes_no_service_for_others() throws Exception {
        try (var guests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers =
                    guests.invokeAll(Collections.nCopies(40, this::askWithoutBody));

            assertThat(answers)
                    .allSatisfy(
                            answer ->
                                    assertThat(answer.get())
                                            .startsWith("HTTP/1.1 408 ")
                                            .contains("application/problem+json")
                                            .contains("/problems/request-timeout"));
        }

        door.get().uri("/api/v1/payments").exchange().expectStatus().isOk();
    }

    @Test
    void who_breaks_off_is_no_failure_of_the_service() throws IOException {
        var before = failuresOfPayment();

        for (int i = 0; i < 40; i++) {
            breakOff();
        }

        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(failuresOfPayment()).isEqualTo(before));
    }

    @Test
    void a_body_may_take_longer_than_the_answer_as_long_as_it_comes() {
        var drips = Flux.interval(Duration.ofMillis(500)).take(8).map(i -> piece(i.toString()));

        door.post()
                .uri("/api/v1/webhooks/x")
                .body(BodyInserters.fromDataBuffers(drips))
                .exchange()
                .expectStatus()
                .isOk();

        Shop.service(Routes.PAYMENT)
                .verify(1, postRequestedFor(anyUrl()).withRequestBody(equalTo("01234567")));
    }

    @Test
    void trouble_with_pictures_leaves_the_goods_on_sale() {
        Shop.service(Routes.CATALOG)
                .stubFor(
                        get(urlPathMatching("/api/v1/(images|products/5/images)/.*"))
                                .willReturn(serviceUnavailable()));
        for (int i = 0; i < 30; i++) {
            door.get().uri("/api/v1/images/5/thumbnail").exchange().expectStatus().isEqualTo(503);
            door.get().uri("/api/v1/products/5/images/1").exchange().expectStatus().isEqualTo(503);
        }

        door.get().uri("/api/v1/products").exchange().expectStatus().isOk();

        Shop.reset();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                door.get()
                                        .uri("/api/v1/images/5/thumbnail")
                                        .exchange()
                                        .expectStatus()
                                        .isOk());
    }

    private long failuresOfPayment() {
        return meters.get("resilience4j.circuitbreaker.calls")
                .tags("name", Routes.PAYMENT, "kind", "failed")
                .timer()
                .count();
    }

    private static DataBuffer piece(String text) {
        return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String askWithoutBody() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            announceBody(socket, "");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Once the gateway wants the body: by then the service has been asked. */
    private void breakOff() throws IOException {
        try (var socket = new Socket("localhost", port);
                var answer = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8)) {
            socket.setSoTimeout(20_000);
            socket.setSoLinger(true, 0); // closing is then a reset, which is an error
            announceBody(socket, "Expect: 100-continue\r\n");
            assertThat(answer.findWithinHorizon("HTTP/1.1 100 ", 0)).isNotNull();
        }
    }

    private static void announceBody(Socket socket, String more) throws IOException {
        var request =
                "POST /api/v1/webhooks/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n%s\r\n"
                        .formatted(more);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static void always(String service, ResponseDefinitionBuilder answer) {
        Shop.service(service).stubFor(any(anyUrl()).willReturn(answer));
    }

    private static void once(String service, ResponseDefinitionBuilder answer) {
        Shop.service(service)
                .stubFor(
                        any(anyUrl())
                                .inScenario("once")
                                .whenScenarioStateIs(STARTED)
                                .willReturn(answer)
                                .willSetStateTo("done"));
        Shop.service(service)
                .stubFor(
                        any(anyUrl())
                                .inScenario("once")
                                .whenScenarioStateIs("done")
                                .willReturn(ok()));
    }
}
