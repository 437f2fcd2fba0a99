package duka.order;

import static duka.order.OrderFixture.TOTAL;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;

import com.jayway.jsonpath.JsonPath;
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
import duka.testing.Parallel;
import duka.testing.Statements;
import duka.testing.TurnedClock;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** The whole service, which all tests of it share, and one order to talk about. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
@Import({Infrastructure.class, TestTokens.class, Statements.class, TurnedClock.Bound.class})
abstract class OrderServiceIT {

    @Autowired Conversation order;
    @Autowired MockMvc http;
    @Autowired Orders orders;
    @Autowired SealProperties seal;
    @Autowired TurnedClock clock;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transaction;

    final UUID id = OrderFixture.newId();
    final UUID customer = OrderFixture.newId();
    final UUID vendor = OrderFixture.newId();
    final UUID payment = OrderFixture.newId();
    final Sealed token = new Sealed("sealed for payment");

    @AfterEach
    void timeIsAsItWas() {
        clock.ahead(Duration.ZERO);
    }

    CartCheckedOut checkedOut() {
        return checkedOut(PaymentMethod.CARD, token);
    }

    CartCheckedOut checkedOut(PaymentMethod method, @Nullable Sealed token) {
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
        endsBySaying(id, type);
    }

    void endsBySaying(UUID each, Class<? extends Event> type) {
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(order.said(each)).last().isInstanceOf(type));
    }

    /** Waits until the order has heard this. */
    void hasHeard(String what) {
        hasHeard(id, what);
    }

    void hasHeard(UUID each, String what) {
        await().atMost(20, SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(orders.timeline(new OrderId(each)))
                                        .extracting(TimelineEntry::heard)
                                        .contains(what));
    }

    Order order() {
        return orders.find(new OrderId(id)).orElseThrow();
    }

    /** One that was confirmed and paid just now; the shoes are the vendor's. */
    Order sold() {
        return sold(PaymentMethod.CARD);
    }

    Order sold(PaymentMethod method) {
        return sold(checkedOut(method, null), clock.instant());
    }

    Order sold(CartCheckedOut cart, Instant at) {
        var sold = OrderFixture.soldOrder(cart, vendor, at);
        transaction.executeWithoutResult(_ -> orders.save(List.of(sold)));
        return sold;
    }

    ResultActions asCustomer(MockHttpServletRequestBuilder request) throws Exception {
        return as(customer, Role.CUSTOMER, request);
    }

    ResultActions asVendor(MockHttpServletRequestBuilder request) throws Exception {
        return as(vendor, Role.VENDOR, request);
    }

    ResultActions staff(MockHttpServletRequestBuilder request) throws Exception {
        return as(OrderFixture.newId(), Role.STORE_MANAGER, request);
    }

    ResultActions as(UUID who, Role role, MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.header(AUTHORIZATION, TestTokens.bearer(who, role)));
    }

    /** How each of several who ask this at once is answered: the customer, or somebody else. */
    List<Integer> atOnce(Role role, Supplier<MockHttpServletRequestBuilder> request) {
        var who = role == Role.CUSTOMER ? customer : OrderFixture.newId();
        return Parallel.times(4, () -> statusOf(who, role, request.get()));
    }

    private int statusOf(UUID who, Role role, MockHttpServletRequestBuilder request) {
        try {
            return as(who, role, request).andReturn().getResponse().getStatus();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static MockHttpServletRequestBuilder json(MockHttpServletRequestBuilder request, String body) {
        return request.contentType(MediaType.APPLICATION_JSON).content(body);
    }

    /** What a request for some units of one product says. */
    static String units(UUID product, int quantity) {
        return """
        {"lines": [{"product_id": "%s", "quantity": %d}]}
        """
                .formatted(product, quantity);
    }

    static String read(ResultActions answer, String path) throws Exception {
        return JsonPath.read(answer.andReturn().getResponse().getContentAsString(), path);
    }
}
