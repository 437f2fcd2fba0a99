package duka.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@AtTheDoor
class ResilienceIT {

    @Autowired WebTestClient door;

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
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> door.get().uri("/api/v1/payments").exchange().expectStatus().isOk());
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
