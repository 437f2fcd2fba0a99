package duka.order;

import static duka.order.OrderFixture.newId;
import static duka.order.OrderFixture.reserved;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.messaging.Uuid7;
import duka.web.Role;
import duka.web.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

class FollowingIT extends OrderServiceIT {

    @LocalServerPort int port;

    final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void nobody_follows_any_more() {
        client.shutdownNow();
    }

    @Test
    void a_follower_hears_what_was_and_then_what_happens_until_it_is_over() {
        placed();
        var stream = follow(id, customer, "");
        stream.tells("\"heard\":\"CartCheckedOut\"");

        order.hears(reserved(id));
        stream.tells("\"status\":\"AWAITING_PAYMENT\"");
        order.hears(new PaymentDeclined(id, payment, OrderFixture.TOTAL, "no funds"));
        stream.tells("\"note\":\"no funds\"");
        assertThat(stream.ended).isNotDone();
        order.hears(new StockReleased(id));

        stream.ends();
        assertThat(stream.ids()).containsExactly("id:1", "id:2", "id:3", "id:4");
    }

    @Test
    void a_follower_goes_on_where_the_stream_broke_off() {
        awaitingPayment();

        var stream = follow(id, customer, "1");

        stream.tells("\"heard\":\"StockReserved\"");
        assertThat(stream.ids()).containsExactly("id:2");
    }

    @Test
    void a_follower_of_what_is_over_is_not_kept_waiting() throws Exception {
        placed();
        order.hears(new StockRejected(id, List.of()));
        hasHeard("StockRejected");

        var all = follow(id, customer, "");
        all.ends();
        assertThat(all.ids()).containsExactly("id:1", "id:2");
        var none = follow(id, customer, "2");
        none.ends();
        assertThat(none.ids()).isEmpty();
    }

    @Test
    void a_follower_may_be_there_before_the_order() {
        var stream = follow(id, customer, "");
        stream.tells(":following");

        placed();

        stream.tells("\"heard\":\"CartCheckedOut\"");
    }

    @Test
    void what_does_not_come_is_a_problem() {
        clock.ahead(Duration.ofSeconds(-59));
        var stream = follow(Uuid7.mint(clock), customer, "");
        stream.tells(":following");

        clock.ahead(Duration.ofMinutes(1));

        stream.ends();
        stream.tells("event:problem");
    }

    @Test
    void somebody_elses_order_is_a_problem_too() {
        var stream = follow(id, newId(), "");
        stream.tells(":following");

        placed();

        stream.ends();
        stream.tells("/problems/no-such-order");
        assertThat(stream.ids()).isEmpty();
    }

    @Test
    void an_old_order_that_is_not_there_cannot_be_followed() throws Exception {
        var answer =
                client.send(
                        request(UUID.randomUUID(), customer, ""),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no-such-order");
    }

    @Test
    void who_follows_too_much_at_once_is_refused_until_a_stream_ends() throws Exception {
        placed();
        var streams =
                java.util.stream.Stream.generate(() -> follow(id, customer, "")).limit(10).toList();
        streams.forEach(stream -> stream.tells(":following"));

        var answer = client.send(request(id, customer, ""), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("/problems/too-many-streams");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("15");
        order.hears(new StockRejected(id, List.of()));
        streams.forEach(Stream::ends);
        var next = follow(id, customer, "");
        next.ends();
        assertThat(next.ids()).isNotEmpty();
    }

    private Stream follow(UUID order, UUID who, String lastEventId) {
        var lines = new CopyOnWriteArrayList<String>();
        var ended =
                client.sendAsync(
                                request(order, who, lastEventId),
                                HttpResponse.BodyHandlers.ofLines())
                        .thenAcceptAsync(
                                answer -> answer.body().forEach(lines::add),
                                Thread::startVirtualThread);
        return new Stream(lines, ended);
    }

    private HttpRequest request(UUID order, UUID who, String lastEventId) {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:%d/api/v1/orders/%s/events"
                                                .formatted(port, order)))
                        .header("Authorization", TestTokens.bearer(who, Role.CUSTOMER))
                        .header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return request.build();
    }

    private record Stream(List<String> lines, CompletableFuture<Void> ended) {

        void tells(String what) {
            await().atMost(60, SECONDS)
                    .untilAsserted(
                            () ->
                                    assertThat(lines)
                                            .as("what a stream that is %s told", ended)
                                            .anyMatch(line -> line.contains(what)));
        }

        void ends() {
            await().atMost(60, SECONDS).until(ended::isDone);
            ended.join();
        }

        List<String> ids() {
            return lines.stream().filter(line -> line.startsWith("id:")).toList();
        }
    }
}
