package duka.order;

import static duka.order.OrderFixture.TOTAL;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.events.CartEvent.CartCheckedOut;
import duka.events.Event;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import duka.messaging.Conversation;
import duka.messaging.Sealer;
import duka.testing.Infrastructure;
import duka.web.TestTokens;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** The whole service, which all tests of it share, and one order to talk about. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
@Import({Infrastructure.class, TestTokens.class, TurnedClock.Bound.class})
abstract class OrderServiceIT {

    @Autowired Conversation order;
    @Autowired MockMvc http;
    @Autowired Orders orders;
    @Autowired SealProperties seal;
    @Autowired TurnedClock clock;
    @Autowired JdbcClient jdbc;

    final UUID id = OrderFixture.newId();
    final UUID customer = OrderFixture.newId();
    final UUID payment = OrderFixture.newId();
    final Sealed token = new Sealed("sealed for payment");

    @AfterEach
    void timeIsAsItWas() {
        clock.ahead(Duration.ZERO);
    }

    CartCheckedOut checkedOut() {
        return checkedOut(PaymentMethod.CARD, token);
    }

    CartCheckedOut checkedOut(PaymentMethod method, Sealed token) {
        return OrderFixture.checkedOut(id, customer, method, token, address());
    }

    Sealed address() {
        return new Sealer(seal.addressKey())
                .seal("{\"shipping\":\"1 Moi Avenue\",\"billing\":\"2 Moi Avenue\"}");
    }

    void placed() {
        order.hears(checkedOut());
        endsBySaying(OrderPlaced.class);
    }

    void awaitingPayment() {
        placed();
        order.hears(OrderFixture.reserved(id));
        endsBySaying(OrderAwaitingPayment.class);
    }

    void confirmed() {
        awaitingPayment();
        order.hears(authorized());
        endsBySaying(OrderConfirmed.class);
    }

    PaymentAuthorized authorized() {
        return new PaymentAuthorized(id, payment, TOTAL);
    }

    void endsBySaying(Class<? extends Event> type) {
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(order.said(id)).last().isInstanceOf(type));
    }

    /** Waits until the order has heard this. */
    void hasHeard(String what) {
        await().atMost(20, SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(orders.timeline(new OrderId(id)))
                                        .extracting(TimelineEntry::heard)
                                        .contains(what));
    }

    Order order() {
        return orders.find(new OrderId(id)).orElseThrow();
    }
}
