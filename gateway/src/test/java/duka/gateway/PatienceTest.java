package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@Timeout(30) // of real time, in case the other never ends
class PatienceTest {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration BODY = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private static final GatewayFilterChain READS_AND_IS_SILENT =
            exchange -> exchange.getRequest().getBody().then(Mono.never());

    private static final GatewayFilterChain TAKES_ONE_PIECE =
            exchange -> exchange.getRequest().getBody().concatMap(_ -> Mono.never(), 1).then();

    @Test
    void a_body_that_does_not_come_is_its_callers_fault() {
        StepVerifier.withVirtualTime(() -> post(Flux.never(), READS_AND_IS_SILENT))
                .expectSubscription()
                .expectNoEvent(PAUSE.minus(A_MOMENT))
                .thenAwait(A_MOMENT)
                .verifyErrorSatisfies(error -> isRefused(error, HttpStatus.REQUEST_TIMEOUT));
    }

    @Test
    void a_body_that_drips_is_not_waited_for_for_ever() {
        StepVerifier.withVirtualTime(() -> post(pieces(PAUSE.minus(A_MOMENT)), READS_AND_IS_SILENT))
                .expectSubscription()
                .expectNoEvent(BODY.minus(A_MOMENT))
                .thenAwait(A_MOMENT)
                .verifyErrorSatisfies(error -> isRefused(error, HttpStatus.REQUEST_TIMEOUT));
    }

    @Test
    void the_time_for_an_answer_begins_when_the_body_is_whole() {
        var whole = ANSWER.multipliedBy(6);

        StepVerifier.withVirtualTime(() -> post(pieces(ANSWER).take(6), READS_AND_IS_SILENT))
                .expectSubscription()
                .expectNoEvent(whole.plus(ANSWER).minus(A_MOMENT))
                .thenAwait(A_MOMENT)
                .verifyError(TimeoutException.class);
    }

    @Test
    void a_service_that_takes_no_more_of_a_body_is_not_its_callers_fault() {
        StepVerifier.withVirtualTime(
                        () -> post(Flux.range(0, 9).map(_ -> piece()), TAKES_ONE_PIECE))
                .thenAwait(PAUSE)
                .verifyError(TimeoutException.class);
    }

    @Test
    void a_body_that_breaks_off_is_its_callers_fault() {
        StepVerifier.create(post(Flux.error(new IOException("reset")), READS_AND_IS_SILENT))
                .verifyErrorSatisfies(error -> isRefused(error, HttpStatus.BAD_REQUEST));
    }

    private static Mono<Void> post(Flux<DataBuffer> body, GatewayFilterChain service) {
        var request =
                MockServerHttpRequest.post("/").header(HttpHeaders.CONTENT_LENGTH, "99").body(body);
        return new Patience(new PatienceProperties(PAUSE, BODY, ANSWER))
                .usual()
                .filter(MockServerWebExchange.from(request), service);
    }

    private static Flux<DataBuffer> pieces(Duration apart) {
        return Flux.interval(apart).map(_ -> piece());
    }

    private static DataBuffer piece() {
        return DefaultDataBufferFactory.sharedInstance.wrap(new byte[1]);
    }

    private static void isRefused(Throwable error, HttpStatus status) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
